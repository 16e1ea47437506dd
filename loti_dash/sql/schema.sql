-- The tables of a release. Statuses are ordered from best to worst, so that the greatest status
-- of the parts is the status of their sum. Definitions are kept whole, as JSON.

CREATE TYPE status AS ENUM ('ok', 'provisional', 'not_applicable', 'not_available', 'suppressed');

CREATE TABLE observation (
    series_id  VARCHAR NOT NULL,
    period_id  VARCHAR NOT NULL,
    area_code  VARCHAR NOT NULL,
    group_code VARCHAR NOT NULL,
    value      DOUBLE,
    status     status NOT NULL,
    owner_area VARCHAR,
    CHECK (value >= 0),
    CHECK ((value IS NOT NULL) = (status IN ('ok', 'provisional')))
);

CREATE TABLE series (
    series_id VARCHAR PRIMARY KEY, source_id VARCHAR, statement VARCHAR, title VARCHAR,
    unit VARCHAR, counts VARCHAR, classification VARCHAR, place_basis VARCHAR,
    stock_or_flow VARCHAR, calendar VARCHAR, ages VARCHAR, recorded_by VARCHAR
);

CREATE TABLE source (
    source_id VARCHAR PRIMARY KEY, title VARCHAR, publisher VARCHAR, url VARCHAR,
    licence VARCHAR, published DATE, next_due DATE, file VARCHAR, sha256 VARCHAR
);

-- What a year means depends on who counted, so the calendar is a part of the key.
CREATE TABLE period (
    period_id VARCHAR, calendar VARCHAR, label VARCHAR, starts DATE, ends DATE, kind VARCHAR,
    PRIMARY KEY (period_id, calendar)
);

CREATE TABLE area (
    area_code VARCHAR PRIMARY KEY, name VARCHAR, level VARCHAR, parent_code VARCHAR
);

CREATE TABLE ethnic_group (
    classification VARCHAR, group_code VARCHAR, label VARCHAR, short_label VARCHAR,
    parent_code VARCHAR, position INTEGER,
    PRIMARY KEY (classification, group_code)
);

CREATE TABLE indicator (indicator_id VARCHAR PRIMARY KEY, definition JSON);
CREATE TABLE caveat (caveat_id VARCHAR PRIMARY KEY, definition JSON);
CREATE TABLE outcome (outcome_id VARCHAR PRIMARY KEY, definition JSON);

-- The whole catalogue once more, as the pages read it.
CREATE TABLE catalogue (definition JSON);

CREATE TABLE build (
    release_id VARCHAR, built_at TIMESTAMP, note VARCHAR, file VARCHAR, sha256 VARCHAR,
    rows BIGINT
);

-- The only ways to read counts: published ones, and those of areas whose unpublished ones the
-- viewer may see.
CREATE MACRO visible(viewer_areas) AS TABLE
    SELECT * FROM observation
    WHERE owner_area IS NULL OR list_contains(viewer_areas, owner_area);
