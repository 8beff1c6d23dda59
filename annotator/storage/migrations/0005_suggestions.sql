CREATE TABLE suggestion (
  id TEXT NOT NULL,
  article_id TEXT NOT NULL REFERENCES article (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  proposer TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('mention', 'claim', 'zone')),
  label TEXT NOT NULL,
  start INTEGER NOT NULL CHECK (start >= 0),
  "end" INTEGER NOT NULL CHECK ("end" > start),
  spans TEXT NOT NULL,
  score REAL NOT NULL CHECK (score BETWEEN 0 AND 1),
  payload TEXT NOT NULL,
  PRIMARY KEY (article_id, proposer, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE suggestion_run (
  article_id TEXT NOT NULL REFERENCES article (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  proposer TEXT NOT NULL,
  version TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  PRIMARY KEY (article_id, proposer)
) STRICT, WITHOUT ROWID;

CREATE TABLE rejection (
  id TEXT PRIMARY KEY NOT NULL,
  article_id TEXT NOT NULL REFERENCES article (id) DEFERRABLE INITIALLY DEFERRED,
  kind TEXT NOT NULL CHECK (kind IN ('mention', 'claim', 'zone')),
  label TEXT NOT NULL,
  start INTEGER NOT NULL CHECK (start >= 0),
  "end" INTEGER NOT NULL CHECK ("end" > start),
  spans TEXT NOT NULL,
  quote TEXT NOT NULL,
  author_id TEXT NOT NULL REFERENCES annotator (id) DEFERRABLE INITIALLY DEFERRED,
  created TEXT NOT NULL,
  changed TEXT NOT NULL
) STRICT;

CREATE INDEX rejection_by_article ON rejection (article_id);

CREATE INDEX mention_by_origin ON mention (derived_from) WHERE derived_from != '';

CREATE INDEX claim_by_origin ON claim (derived_from) WHERE derived_from != '';
