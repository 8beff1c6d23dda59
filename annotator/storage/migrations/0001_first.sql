CREATE TABLE project (
  id TEXT PRIMARY KEY NOT NULL,
  name TEXT NOT NULL,
  schema TEXT NOT NULL,
  created TEXT NOT NULL,
  changed TEXT NOT NULL
) STRICT;

CREATE TABLE annotator (
  id TEXT PRIMARY KEY NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('person', 'machine', 'consensus')),
  created TEXT NOT NULL,
  changed TEXT NOT NULL
) STRICT;

CREATE TABLE text (
  sha256 TEXT PRIMARY KEY NOT NULL CHECK (length(sha256) = 64),
  text TEXT NOT NULL
) STRICT;

CREATE TABLE article (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  sha256 TEXT NOT NULL UNIQUE REFERENCES text (sha256) DEFERRABLE INITIALLY DEFERRED,
  length INTEGER NOT NULL CHECK (length >= 0),
  author_id TEXT NOT NULL REFERENCES annotator (id) DEFERRABLE INITIALLY DEFERRED,
  created TEXT NOT NULL,
  changed TEXT NOT NULL,
  publisher TEXT NOT NULL,
  byline TEXT NOT NULL,
  url TEXT NOT NULL,
  published TEXT NOT NULL,
  language TEXT NOT NULL,
  text_quality TEXT NOT NULL,
  imported_from TEXT NOT NULL,
  encoding TEXT NOT NULL
) STRICT;

CREATE TABLE entity (
  id TEXT PRIMARY KEY NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  description TEXT NOT NULL,
  author_id TEXT NOT NULL REFERENCES annotator (id) DEFERRABLE INITIALLY DEFERRED,
  created TEXT NOT NULL,
  changed TEXT NOT NULL
) STRICT;

CREATE INDEX entity_by_kind ON entity (kind, name);

CREATE TABLE alias (
  entity_id TEXT NOT NULL REFERENCES entity (id) DEFERRABLE INITIALLY DEFERRED,
  number INTEGER NOT NULL,
  text TEXT NOT NULL,
  kind TEXT NOT NULL,
  PRIMARY KEY (entity_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE entity_key (
  entity_id TEXT NOT NULL REFERENCES entity (id) DEFERRABLE INITIALLY DEFERRED,
  key TEXT NOT NULL,
  is_name INTEGER NOT NULL CHECK (is_name IN (0, 1)),
  PRIMARY KEY (entity_id, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX entity_key_by_key ON entity_key (key, is_name);

CREATE TABLE mention (
  id TEXT PRIMARY KEY NOT NULL,
  article_id TEXT NOT NULL REFERENCES article (id) DEFERRABLE INITIALLY DEFERRED,
  label TEXT NOT NULL,
  start INTEGER NOT NULL CHECK (start >= 0),
  "end" INTEGER NOT NULL CHECK ("end" > start),
  spans TEXT NOT NULL,
  quote TEXT NOT NULL,
  entity_id TEXT REFERENCES entity (id) DEFERRABLE INITIALLY DEFERRED,
  level TEXT NOT NULL,
  used_as TEXT NOT NULL,
  unsure INTEGER NOT NULL CHECK (unsure IN (0, 1)),
  note TEXT NOT NULL,
  author_id TEXT NOT NULL REFERENCES annotator (id) DEFERRABLE INITIALLY DEFERRED,
  created TEXT NOT NULL,
  changed TEXT NOT NULL
) STRICT;

CREATE INDEX mention_by_place ON mention (article_id, start, "end");

CREATE INDEX mention_by_entity ON mention (entity_id);

CREATE TABLE claim (
  id TEXT PRIMARY KEY NOT NULL,
  article_id TEXT NOT NULL REFERENCES article (id) DEFERRABLE INITIALLY DEFERRED,
  start INTEGER NOT NULL CHECK (start >= 0),
  "end" INTEGER NOT NULL CHECK ("end" > start),
  content TEXT NOT NULL,
  quote TEXT NOT NULL,
  cue_start INTEGER,
  cue_end INTEGER CHECK (cue_end > cue_start),
  cue TEXT NOT NULL,
  cue_quote TEXT NOT NULL,
  within_id TEXT REFERENCES claim (id) DEFERRABLE INITIALLY DEFERRED,
  source_type TEXT NOT NULL,
  manner TEXT NOT NULL,
  act TEXT NOT NULL,
  stance TEXT NOT NULL,
  certainty TEXT NOT NULL,
  medium TEXT NOT NULL,
  wording TEXT NOT NULL,
  unsure INTEGER NOT NULL CHECK (unsure IN (0, 1)),
  note TEXT NOT NULL,
  author_id TEXT NOT NULL REFERENCES annotator (id) DEFERRABLE INITIALLY DEFERRED,
  created TEXT NOT NULL,
  changed TEXT NOT NULL
) STRICT;

CREATE INDEX claim_by_place ON claim (article_id, start, "end");

CREATE INDEX claim_by_outer ON claim (within_id) WHERE within_id IS NOT NULL;

CREATE TABLE claim_source (
  claim_id TEXT NOT NULL REFERENCES claim (id) DEFERRABLE INITIALLY DEFERRED,
  number INTEGER NOT NULL,
  entity_id TEXT REFERENCES entity (id) DEFERRABLE INITIALLY DEFERRED,
  start INTEGER NOT NULL CHECK (start >= 0),
  "end" INTEGER NOT NULL CHECK ("end" > start),
  spans TEXT NOT NULL,
  quote TEXT NOT NULL,
  PRIMARY KEY (claim_id, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX claim_source_by_entity ON claim_source (entity_id) WHERE entity_id IS NOT NULL;

CREATE TABLE claim_about (
  claim_id TEXT NOT NULL REFERENCES claim (id) DEFERRABLE INITIALLY DEFERRED,
  number INTEGER NOT NULL,
  entity_id TEXT NOT NULL REFERENCES entity (id) DEFERRABLE INITIALLY DEFERRED,
  PRIMARY KEY (claim_id, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX claim_about_by_entity ON claim_about (entity_id);

CREATE TABLE assignment (
  id TEXT PRIMARY KEY NOT NULL,
  article_id TEXT NOT NULL REFERENCES article (id) DEFERRABLE INITIALLY DEFERRED,
  annotator_id TEXT NOT NULL REFERENCES annotator (id) DEFERRABLE INITIALLY DEFERRED,
  state TEXT NOT NULL,
  created TEXT NOT NULL,
  changed TEXT NOT NULL,
  UNIQUE (article_id, annotator_id)
) STRICT;

CREATE TABLE history (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  step TEXT NOT NULL CHECK (step IN ('do', 'undo', 'redo')),
  of_seq INTEGER REFERENCES history (seq),
  annotator_id TEXT NOT NULL,
  at TEXT NOT NULL,
  group_id TEXT NOT NULL,
  changes TEXT NOT NULL,
  program TEXT NOT NULL,
  hash TEXT NOT NULL CHECK (length(hash) = 64)
) STRICT;

CREATE TABLE undo_stack (
  seq INTEGER PRIMARY KEY REFERENCES history (seq),
  annotator_id TEXT NOT NULL,
  is_undone INTEGER NOT NULL CHECK (is_undone IN (0, 1)),
  group_id TEXT NOT NULL
) STRICT;

CREATE INDEX undo_stack_by_side ON undo_stack (annotator_id, is_undone, seq);
