ALTER TABLE mention ADD COLUMN derived_from TEXT NOT NULL DEFAULT '';

ALTER TABLE claim ADD COLUMN derived_from TEXT NOT NULL DEFAULT '';

CREATE TABLE decision (
  id TEXT PRIMARY KEY NOT NULL,
  article_id TEXT NOT NULL REFERENCES article (id) DEFERRABLE INITIALLY DEFERRED,
  verdict TEXT NOT NULL CHECK (verdict IN ('accept', 'reject', 'change')),
  taken TEXT NOT NULL,
  result TEXT NOT NULL,
  reason TEXT NOT NULL,
  note TEXT NOT NULL,
  author_id TEXT NOT NULL REFERENCES annotator (id) DEFERRABLE INITIALLY DEFERRED,
  created TEXT NOT NULL,
  changed TEXT NOT NULL
) STRICT;

CREATE INDEX decision_by_article ON decision (article_id);

CREATE TABLE decision_about (
  decision_id TEXT NOT NULL REFERENCES decision (id) DEFERRABLE INITIALLY DEFERRED,
  number INTEGER NOT NULL,
  record_id TEXT NOT NULL,
  PRIMARY KEY (decision_id, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX decision_about_by_record ON decision_about (record_id);

CREATE TABLE comment (
  id TEXT PRIMARY KEY NOT NULL,
  article_id TEXT REFERENCES article (id) DEFERRABLE INITIALLY DEFERRED,
  about_id TEXT NOT NULL,
  start INTEGER CHECK (start >= 0),
  "end" INTEGER CHECK ("end" > start),
  spans TEXT NOT NULL,
  quote TEXT NOT NULL,
  text TEXT NOT NULL,
  reply_to_id TEXT REFERENCES comment (id) DEFERRABLE INITIALLY DEFERRED,
  mark TEXT NOT NULL CHECK (mark IN ('', 'resolves', 'reopens')),
  author_id TEXT NOT NULL REFERENCES annotator (id) DEFERRABLE INITIALLY DEFERRED,
  created TEXT NOT NULL,
  changed TEXT NOT NULL
) STRICT;

CREATE INDEX comment_by_article ON comment (article_id);

CREATE INDEX comment_by_record ON comment (about_id);

CREATE INDEX comment_by_thread ON comment (reply_to_id) WHERE reply_to_id IS NOT NULL;

ALTER TABLE history ADD COLUMN via INTEGER REFERENCES history (seq);

ALTER TABLE history ADD COLUMN is_withdrawn INTEGER NOT NULL DEFAULT 0 CHECK (is_withdrawn IN (0, 1));

CREATE INDEX history_by_via ON history (via) WHERE via IS NOT NULL;

CREATE TABLE touched (
  record_id TEXT NOT NULL,
  seq INTEGER NOT NULL REFERENCES history (seq),
  event TEXT NOT NULL,
  lamport INTEGER NOT NULL CHECK (lamport > 0),
  parents TEXT NOT NULL,
  is_deletion INTEGER NOT NULL CHECK (is_deletion IN (0, 1)),
  PRIMARY KEY (record_id, seq, event)
) STRICT, WITHOUT ROWID;

CREATE INDEX touched_by_deletion ON touched (record_id) WHERE is_deletion = 1;

INSERT INTO touched
SELECT
  record_id,
  seq,
  '',
  row_number() OVER (PARTITION BY record_id ORDER BY seq),
  coalesce(lag(id) OVER (PARTITION BY record_id ORDER BY seq), ''),
  is_deletion
FROM (
  SELECT
    coalesce(json_extract(c.value, '$[2].id'), json_extract(c.value, '$[1].id')) AS record_id,
    h.seq AS seq,
    h.id AS id,
    min(json_extract(c.value, '$[2].id') IS NULL) AS is_deletion
  FROM history h, json_each(h.changes) c
  GROUP BY 1, h.seq
);
