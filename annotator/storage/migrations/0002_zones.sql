CREATE TABLE zone (
  id TEXT PRIMARY KEY NOT NULL,
  article_id TEXT NOT NULL REFERENCES article (id) DEFERRABLE INITIALLY DEFERRED,
  kind TEXT NOT NULL,
  start INTEGER NOT NULL CHECK (start >= 0),
  "end" INTEGER NOT NULL CHECK ("end" > start),
  author_id TEXT NOT NULL REFERENCES annotator (id) DEFERRABLE INITIALLY DEFERRED,
  created TEXT NOT NULL,
  changed TEXT NOT NULL
) STRICT;

CREATE INDEX zone_by_place ON zone (article_id, start, "end");
