-- Accounts, organisations and buckets: the directory that operators keep.
CREATE TABLE accounts (
  id uuid PRIMARY KEY,
  email text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX accounts_email ON accounts (lower(email));

-- Only a SHA-256 of the key is kept. The key itself is 256 random bits, so a slow hash adds nothing.
CREATE TABLE api_keys (
  id uuid PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
  key_hash bytea NOT NULL UNIQUE CHECK (octet_length(key_hash) = 32),
  label text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  revoked_at timestamptz
);

CREATE TABLE organisations (
  id uuid PRIMARY KEY,
  name text NOT NULL UNIQUE,
  created_at timestamptz NOT NULL DEFAULT now()
);

-- The primary key says it: an account belongs to at most one organisation.
CREATE TABLE organisation_members (
  account_id uuid PRIMARY KEY REFERENCES accounts ON DELETE CASCADE,
  organisation_id uuid NOT NULL REFERENCES organisations ON DELETE CASCADE,
  role text NOT NULL CHECK (role IN ('owner', 'admin', 'member'))
);
CREATE UNIQUE INDEX organisation_members_one_owner ON organisation_members (organisation_id) WHERE role = 'owner';

CREATE TABLE buckets (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  scope text NOT NULL CHECK (scope IN ('personal', 'organisation', 'project')),
  account_id uuid REFERENCES accounts ON DELETE CASCADE,
  organisation_id uuid REFERENCES organisations ON DELETE CASCADE,
  endpoint text NOT NULL,
  region text NOT NULL,
  bucket text NOT NULL,
  access_key_id text NOT NULL,
  -- AES-256-GCM: nonce, ciphertext and tag in one; bound to the row's id. The key is not in the database.
  secret_ciphertext bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  CHECK ((scope = 'personal') = (account_id IS NOT NULL)),
  CHECK ((scope = 'personal') = (organisation_id IS NULL))
);
CREATE INDEX buckets_account ON buckets (account_id);
CREATE INDEX buckets_organisation ON buckets (organisation_id);

-- One row per migration; it carries the state, the lease and the progress. No column can hold a source secret.
CREATE TABLE migrations (
  id uuid PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
  revision integer NOT NULL DEFAULT 1,
  state text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'awaiting-credentials', 'running', 'paused',
    'verifying', 'cancelling', 'completed', 'failed', 'cancelled')),

  source_endpoint text NOT NULL,
  source_region text NOT NULL,
  source_access_key_id text NOT NULL,
  source_bucket text NOT NULL,
  source_target jsonb NOT NULL,
  bucket_id uuid NOT NULL REFERENCES buckets,
  destination_prefix text NOT NULL,
  cap_bytes_per_second bigint NOT NULL,

  copied_bytes bigint NOT NULL DEFAULT 0,
  copied_objects bigint NOT NULL DEFAULT 0,
  total_bytes bigint,
  total_objects bigint,
  bytes_per_second double precision,

  -- The lease: which worker holds the job and until when.
  worker_id uuid,
  lease_expires_at timestamptz,
  attempt integer NOT NULL DEFAULT 0,
  sealing_key_id uuid,
  sealing_public_key text,

  failure_code text,
  failure_side text,
  failure_message text,
  failure_exit_code integer,

  created_at timestamptz NOT NULL DEFAULT now(),
  started_at timestamptz,
  finished_at timestamptz,
  CHECK ((state IN ('completed', 'failed', 'cancelled')) = (finished_at IS NOT NULL)),
  CHECK ((state = 'failed') = (failure_code IS NOT NULL)),
  CHECK ((sealing_key_id IS NULL) = (sealing_public_key IS NULL))
);
-- S7: at most one live migration per account; the index decides, nothing checks first.
CREATE UNIQUE INDEX migrations_one_live ON migrations (account_id)
  WHERE state NOT IN ('completed', 'failed', 'cancelled');
CREATE INDEX migrations_by_account ON migrations (account_id, created_at DESC, id DESC);
-- What a worker looks for: new jobs and jobs whose lease may have run out.
CREATE INDEX migrations_claimable ON migrations (created_at)
  WHERE state NOT IN ('completed', 'failed', 'cancelled');

-- The redacted tail of the worker's log. Old lines are trimmed as new ones come.
CREATE TABLE migration_log_lines (
  migration_id uuid NOT NULL REFERENCES migrations ON DELETE CASCADE,
  sequence integer NOT NULL,
  at timestamptz NOT NULL,
  level text NOT NULL CHECK (level IN ('info', 'warning', 'error')),
  text text NOT NULL,
  PRIMARY KEY (migration_id, sequence)
);

-- A repeated dispatch with the same key answers with the first migration.
CREATE TABLE idempotency_keys (
  account_id uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
  key text NOT NULL CHECK (length(key) BETWEEN 1 AND 128),
  request_hash bytea NOT NULL,
  migration_id uuid NOT NULL REFERENCES migrations ON DELETE CASCADE,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (account_id, key)
);
