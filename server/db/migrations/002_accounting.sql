-- B3: every source object is accounted for. What the API only passes on is json, not jsonb or text: names in it
-- come from a store and may hold U+0000, which json alone takes (as an escape, undecoded).
ALTER TABLE migrations
  ADD COLUMN existing_policy text NOT NULL DEFAULT 'replace-different'
    CHECK (existing_policy IN ('replace-different', 'never-overwrite')),
  ADD COLUMN inventory json,
  -- Of a job under way.
  ADD COLUMN verified_objects bigint,
  ADD COLUMN remaining_seconds bigint,
  ADD COLUMN remaining_note text,
  ADD COLUMN waiting json,
  ADD COLUMN throughput json,
  -- How it ended: the counts, and length and digest of the report's files while its chunks are kept.
  ADD COLUMN verification json,
  ADD COLUMN report json;

-- Beyond it a number is no longer exact for those who read it. What a store said was not looked at before.
UPDATE migrations
  SET copied_bytes = least(copied_bytes, 9007199254740991), total_bytes = least(total_bytes, 9007199254740991)
  WHERE copied_bytes > 9007199254740991 OR total_bytes > 9007199254740991;
ALTER TABLE migrations
  ADD CONSTRAINT migrations_amounts_check CHECK (
    copied_bytes BETWEEN 0 AND 9007199254740991 AND copied_objects BETWEEN 0 AND 9007199254740991
    AND total_bytes BETWEEN 0 AND 9007199254740991 AND total_objects BETWEEN 0 AND 9007199254740991
    AND verified_objects BETWEEN 0 AND 9007199254740991 AND remaining_seconds BETWEEN 0 AND 9007199254740991);

ALTER TABLE migrations
  DROP CONSTRAINT migrations_state_check,
  ADD CONSTRAINT migrations_state_check CHECK (state IN ('queued', 'awaiting-credentials', 'running', 'paused',
    'verifying', 'cancelling', 'completed', 'completed-with-exceptions', 'failed', 'cancelled')),
  DROP CONSTRAINT migrations_check,
  ADD CONSTRAINT migrations_finished_check CHECK (
    (state IN ('completed', 'completed-with-exceptions', 'failed', 'cancelled')) = (finished_at IS NOT NULL));

-- S7: the new index stands before the old one goes, so that no moment is without one.
CREATE UNIQUE INDEX migrations_one_live_new ON migrations (account_id)
  WHERE state NOT IN ('completed', 'completed-with-exceptions', 'failed', 'cancelled');
DROP INDEX migrations_one_live;
ALTER INDEX migrations_one_live_new RENAME TO migrations_one_live;

DROP INDEX migrations_claimable;
CREATE INDEX migrations_claimable ON migrations (created_at)
  WHERE state NOT IN ('completed', 'completed-with-exceptions', 'failed', 'cancelled');
-- What the hourly look for old reports needs.
CREATE INDEX migrations_with_report ON migrations (finished_at) WHERE report IS NOT NULL;

-- The first objects that did not make it, as the API lists them: a JSON array. Apart from the row, which is
-- read and written once a second.
CREATE TABLE migration_exceptions (
  migration_id uuid PRIMARY KEY REFERENCES migrations ON DELETE CASCADE,
  listed json NOT NULL
);

-- The report: gzip of JSON lines (see server/report), written in order while the verification runs.
CREATE TABLE migration_report_chunks (
  migration_id uuid NOT NULL REFERENCES migrations ON DELETE CASCADE,
  number integer NOT NULL CHECK (number >= 0),
  body bytea NOT NULL,
  PRIMARY KEY (migration_id, number)
);
-- It is compressed already.
ALTER TABLE migration_report_chunks ALTER COLUMN body SET STORAGE EXTERNAL;
