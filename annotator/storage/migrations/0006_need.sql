CREATE TABLE suggestion_need (
  article_id TEXT PRIMARY KEY NOT NULL REFERENCES article (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  need REAL NOT NULL,
  uncertain REAL NOT NULL,
  disputed INTEGER NOT NULL,
  unseen INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX suggestion_need_by_need ON suggestion_need (need);
