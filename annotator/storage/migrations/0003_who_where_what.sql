ALTER TABLE mention ADD COLUMN attributes TEXT NOT NULL DEFAULT '';

ALTER TABLE entity ADD COLUMN sectors TEXT NOT NULL DEFAULT '';

ALTER TABLE entity ADD COLUMN country TEXT NOT NULL DEFAULT '';

ALTER TABLE entity ADD COLUMN role TEXT NOT NULL DEFAULT '';

ALTER TABLE entity ADD COLUMN place_level TEXT;

ALTER TABLE entity ADD COLUMN lat REAL CHECK (lat BETWEEN -90 AND 90);

ALTER TABLE entity ADD COLUMN lon REAL CHECK (lon BETWEEN -180 AND 180);

ALTER TABLE entity ADD COLUMN coordinate_basis TEXT;

ALTER TABLE entity ADD COLUMN province TEXT NOT NULL DEFAULT '';

ALTER TABLE entity ADD COLUMN district TEXT NOT NULL DEFAULT '';

ALTER TABLE entity ADD COLUMN attributes TEXT NOT NULL DEFAULT '';

CREATE INDEX entity_by_lat ON entity (lat) WHERE lat IS NOT NULL;

CREATE TABLE external_id (
  entity_id TEXT NOT NULL REFERENCES entity (id) DEFERRABLE INITIALLY DEFERRED,
  number INTEGER NOT NULL,
  scheme TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (entity_id, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX external_id_by_value ON external_id (value, scheme);

CREATE TABLE new_source (
  claim_id TEXT NOT NULL REFERENCES claim (id) DEFERRABLE INITIALLY DEFERRED,
  number INTEGER NOT NULL,
  entity_id TEXT REFERENCES entity (id) DEFERRABLE INITIALLY DEFERRED,
  start INTEGER CHECK (start >= 0),
  "end" INTEGER CHECK ("end" > start),
  spans TEXT NOT NULL,
  quote TEXT NOT NULL,
  PRIMARY KEY (claim_id, number),
  CHECK (start IS NOT NULL OR entity_id IS NOT NULL)
) STRICT, WITHOUT ROWID;

INSERT INTO new_source SELECT claim_id, number, entity_id, start, "end", spans, quote FROM claim_source;

DROP TABLE claim_source;

ALTER TABLE new_source RENAME TO claim_source;

CREATE INDEX claim_source_by_entity ON claim_source (entity_id) WHERE entity_id IS NOT NULL;

ALTER TABLE claim ADD COLUMN addressee_id TEXT REFERENCES entity (id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE claim ADD COLUMN addressee_start INTEGER;

ALTER TABLE claim ADD COLUMN addressee_end INTEGER;

ALTER TABLE claim ADD COLUMN addressee TEXT NOT NULL DEFAULT '';

ALTER TABLE claim ADD COLUMN addressee_quote TEXT NOT NULL DEFAULT '';

ALTER TABLE claim ADD COLUMN medium_start INTEGER;

ALTER TABLE claim ADD COLUMN medium_end INTEGER;

ALTER TABLE claim ADD COLUMN medium_spans TEXT NOT NULL DEFAULT '';

ALTER TABLE claim ADD COLUMN medium_quote TEXT NOT NULL DEFAULT '';

ALTER TABLE claim ADD COLUMN author_stance TEXT NOT NULL DEFAULT '';

ALTER TABLE claim ADD COLUMN said_words TEXT NOT NULL DEFAULT '';

ALTER TABLE claim ADD COLUMN said_earliest TEXT NOT NULL DEFAULT '';

ALTER TABLE claim ADD COLUMN said_latest TEXT NOT NULL DEFAULT '';

ALTER TABLE claim ADD COLUMN said_start INTEGER;

ALTER TABLE claim ADD COLUMN said_end INTEGER;

ALTER TABLE claim ADD COLUMN said_spans TEXT NOT NULL DEFAULT '';

ALTER TABLE claim ADD COLUMN event_type TEXT NOT NULL DEFAULT '';

ALTER TABLE claim ADD COLUMN event_mode TEXT NOT NULL DEFAULT '';

ALTER TABLE claim ADD COLUMN place_id TEXT REFERENCES entity (id) DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE claim ADD COLUMN place_relation TEXT NOT NULL DEFAULT '';

ALTER TABLE claim ADD COLUMN event_words TEXT NOT NULL DEFAULT '';

ALTER TABLE claim ADD COLUMN event_earliest TEXT NOT NULL DEFAULT '';

ALTER TABLE claim ADD COLUMN event_latest TEXT NOT NULL DEFAULT '';

ALTER TABLE claim ADD COLUMN event_start INTEGER;

ALTER TABLE claim ADD COLUMN event_end INTEGER;

ALTER TABLE claim ADD COLUMN event_spans TEXT NOT NULL DEFAULT '';

ALTER TABLE claim ADD COLUMN attributes TEXT NOT NULL DEFAULT '';

CREATE INDEX claim_by_addressee ON claim (addressee_id) WHERE addressee_id IS NOT NULL;

CREATE INDEX claim_by_event_place ON claim (place_id) WHERE place_id IS NOT NULL;

CREATE TABLE claim_party (
  claim_id TEXT NOT NULL REFERENCES claim (id) DEFERRABLE INITIALLY DEFERRED,
  number INTEGER NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('actor', 'recipient')),
  entity_id TEXT NOT NULL REFERENCES entity (id) DEFERRABLE INITIALLY DEFERRED,
  PRIMARY KEY (claim_id, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX claim_party_by_entity ON claim_party (entity_id);

CREATE TABLE claim_quantity (
  claim_id TEXT NOT NULL REFERENCES claim (id) DEFERRABLE INITIALLY DEFERRED,
  number INTEGER NOT NULL,
  what TEXT NOT NULL,
  words TEXT NOT NULL,
  start INTEGER CHECK (start >= 0),
  "end" INTEGER CHECK ("end" > start),
  spans TEXT NOT NULL,
  whom_id TEXT REFERENCES entity (id) DEFERRABLE INITIALLY DEFERRED,
  low INTEGER CHECK (low >= 0),
  best INTEGER,
  high INTEGER,
  PRIMARY KEY (claim_id, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX claim_quantity_by_whom ON claim_quantity (whom_id) WHERE whom_id IS NOT NULL;

CREATE TABLE link (
  id TEXT PRIMARY KEY NOT NULL,
  label TEXT NOT NULL,
  from_claim_id TEXT REFERENCES claim (id) DEFERRABLE INITIALLY DEFERRED,
  to_claim_id TEXT REFERENCES claim (id) DEFERRABLE INITIALLY DEFERRED,
  from_entity_id TEXT REFERENCES entity (id) DEFERRABLE INITIALLY DEFERRED,
  to_entity_id TEXT REFERENCES entity (id) DEFERRABLE INITIALLY DEFERRED,
  since TEXT NOT NULL,
  until TEXT NOT NULL,
  note TEXT NOT NULL,
  author_id TEXT NOT NULL REFERENCES annotator (id) DEFERRABLE INITIALLY DEFERRED,
  created TEXT NOT NULL,
  changed TEXT NOT NULL,
  CHECK ((from_claim_id IS NULL) = (to_claim_id IS NULL)),
  CHECK ((from_entity_id IS NULL) = (to_entity_id IS NULL)),
  CHECK ((from_claim_id IS NULL) != (from_entity_id IS NULL))
) STRICT;

CREATE INDEX link_from_claim ON link (from_claim_id) WHERE from_claim_id IS NOT NULL;

CREATE INDEX link_to_claim ON link (to_claim_id) WHERE to_claim_id IS NOT NULL;

CREATE INDEX link_from_entity ON link (from_entity_id) WHERE from_entity_id IS NOT NULL;

CREATE INDEX link_to_entity ON link (to_entity_id) WHERE to_entity_id IS NOT NULL;

CREATE INDEX link_by_label ON link (label);
