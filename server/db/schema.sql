-- What migrations/ amount to. Kept by test/integration/db/schema.test.ts: after a change run it with -u.

CREATE TABLE accounts (
  id uuid NOT NULL,
  email text NOT NULL,
  created_at timestamp with time zone DEFAULT now() NOT NULL,
  CONSTRAINT accounts_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX accounts_email ON public.accounts USING btree (lower(email));

CREATE TABLE api_keys (
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  key_hash bytea NOT NULL,
  label text NOT NULL,
  created_at timestamp with time zone DEFAULT now() NOT NULL,
  revoked_at timestamp with time zone,
  CONSTRAINT api_keys_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE,
  CONSTRAINT api_keys_key_hash_check CHECK ((octet_length(key_hash) = 32)),
  CONSTRAINT api_keys_key_hash_key UNIQUE (key_hash),
  CONSTRAINT api_keys_pkey PRIMARY KEY (id)
);

CREATE TABLE buckets (
  id uuid NOT NULL,
  name text NOT NULL,
  scope text NOT NULL,
  account_id uuid,
  organisation_id uuid,
  endpoint text NOT NULL,
  region text NOT NULL,
  bucket text NOT NULL,
  access_key_id text NOT NULL,
  secret_ciphertext bytea NOT NULL,
  created_at timestamp with time zone DEFAULT now() NOT NULL,
  CONSTRAINT buckets_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE,
  CONSTRAINT buckets_check CHECK (((scope = 'personal'::text) = (account_id IS NOT NULL))),
  CONSTRAINT buckets_check1 CHECK (((scope = 'personal'::text) = (organisation_id IS NULL))),
  CONSTRAINT buckets_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisations(id) ON DELETE CASCADE,
  CONSTRAINT buckets_pkey PRIMARY KEY (id),
  CONSTRAINT buckets_scope_check CHECK ((scope = ANY (ARRAY['personal'::text, 'organisation'::text, 'project'::text])))
);
CREATE INDEX buckets_account ON public.buckets USING btree (account_id);
CREATE INDEX buckets_organisation ON public.buckets USING btree (organisation_id);

CREATE TABLE idempotency_keys (
  account_id uuid NOT NULL,
  key text NOT NULL,
  request_hash bytea NOT NULL,
  migration_id uuid NOT NULL,
  created_at timestamp with time zone DEFAULT now() NOT NULL,
  CONSTRAINT idempotency_keys_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE,
  CONSTRAINT idempotency_keys_key_check CHECK (((length(key) >= 1) AND (length(key) <= 128))),
  CONSTRAINT idempotency_keys_migration_id_fkey FOREIGN KEY (migration_id) REFERENCES migrations(id) ON DELETE CASCADE,
  CONSTRAINT idempotency_keys_pkey PRIMARY KEY (account_id, key)
);

CREATE TABLE migration_exceptions (
  migration_id uuid NOT NULL,
  listed json NOT NULL,
  CONSTRAINT migration_exceptions_migration_id_fkey FOREIGN KEY (migration_id) REFERENCES migrations(id) ON DELETE CASCADE,
  CONSTRAINT migration_exceptions_pkey PRIMARY KEY (migration_id)
);

CREATE TABLE migration_log_lines (
  migration_id uuid NOT NULL,
  sequence integer NOT NULL,
  at timestamp with time zone NOT NULL,
  level text NOT NULL,
  text text NOT NULL,
  CONSTRAINT migration_log_lines_level_check CHECK ((level = ANY (ARRAY['info'::text, 'warning'::text, 'error'::text]))),
  CONSTRAINT migration_log_lines_migration_id_fkey FOREIGN KEY (migration_id) REFERENCES migrations(id) ON DELETE CASCADE,
  CONSTRAINT migration_log_lines_pkey PRIMARY KEY (migration_id, sequence)
);

CREATE TABLE migration_report_chunks (
  migration_id uuid NOT NULL,
  number integer NOT NULL,
  body bytea NOT NULL STORAGE EXTERNAL,
  CONSTRAINT migration_report_chunks_migration_id_fkey FOREIGN KEY (migration_id) REFERENCES migrations(id) ON DELETE CASCADE,
  CONSTRAINT migration_report_chunks_number_check CHECK ((number >= 0)),
  CONSTRAINT migration_report_chunks_pkey PRIMARY KEY (migration_id, number)
);

CREATE TABLE migrations (
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  revision integer DEFAULT 1 NOT NULL,
  state text DEFAULT 'queued'::text NOT NULL,
  source_endpoint text NOT NULL,
  source_region text NOT NULL,
  source_access_key_id text NOT NULL,
  source_bucket text NOT NULL,
  source_target jsonb NOT NULL,
  bucket_id uuid NOT NULL,
  destination_prefix text NOT NULL,
  cap_bytes_per_second bigint NOT NULL,
  copied_bytes bigint DEFAULT 0 NOT NULL,
  copied_objects bigint DEFAULT 0 NOT NULL,
  total_bytes bigint,
  total_objects bigint,
  bytes_per_second double precision,
  worker_id uuid,
  lease_expires_at timestamp with time zone,
  attempt integer DEFAULT 0 NOT NULL,
  sealing_key_id uuid,
  sealing_public_key text,
  failure_code text,
  failure_side text,
  failure_message text,
  failure_exit_code integer,
  created_at timestamp with time zone DEFAULT now() NOT NULL,
  started_at timestamp with time zone,
  finished_at timestamp with time zone,
  existing_policy text DEFAULT 'replace-different'::text NOT NULL,
  inventory json,
  verified_objects bigint,
  remaining_seconds bigint,
  remaining_note text,
  waiting json,
  throughput json,
  verification json,
  report json,
  CONSTRAINT migrations_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE,
  CONSTRAINT migrations_amounts_check CHECK ((((copied_bytes >= 0) AND (copied_bytes <= '9007199254740991'::bigint)) AND ((copied_objects >= 0) AND (copied_objects <= '9007199254740991'::bigint)) AND ((total_bytes >= 0) AND (total_bytes <= '9007199254740991'::bigint)) AND ((total_objects >= 0) AND (total_objects <= '9007199254740991'::bigint)) AND ((verified_objects >= 0) AND (verified_objects <= '9007199254740991'::bigint)) AND ((remaining_seconds >= 0) AND (remaining_seconds <= '9007199254740991'::bigint)))),
  CONSTRAINT migrations_bucket_id_fkey FOREIGN KEY (bucket_id) REFERENCES buckets(id),
  CONSTRAINT migrations_check1 CHECK (((state = 'failed'::text) = (failure_code IS NOT NULL))),
  CONSTRAINT migrations_check2 CHECK (((sealing_key_id IS NULL) = (sealing_public_key IS NULL))),
  CONSTRAINT migrations_existing_policy_check CHECK ((existing_policy = ANY (ARRAY['replace-different'::text, 'never-overwrite'::text]))),
  CONSTRAINT migrations_finished_check CHECK (((state = ANY (ARRAY['completed'::text, 'completed-with-exceptions'::text, 'failed'::text, 'cancelled'::text])) = (finished_at IS NOT NULL))),
  CONSTRAINT migrations_pkey PRIMARY KEY (id),
  CONSTRAINT migrations_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'awaiting-credentials'::text, 'running'::text, 'paused'::text, 'verifying'::text, 'cancelling'::text, 'completed'::text, 'completed-with-exceptions'::text, 'failed'::text, 'cancelled'::text])))
);
CREATE INDEX migrations_by_account ON public.migrations USING btree (account_id, created_at DESC, id DESC);
CREATE INDEX migrations_claimable ON public.migrations USING btree (created_at) WHERE (state <> ALL (ARRAY['completed'::text, 'completed-with-exceptions'::text, 'failed'::text, 'cancelled'::text]));
CREATE INDEX migrations_with_report ON public.migrations USING btree (finished_at) WHERE (report IS NOT NULL);
CREATE UNIQUE INDEX migrations_one_live ON public.migrations USING btree (account_id) WHERE (state <> ALL (ARRAY['completed'::text, 'completed-with-exceptions'::text, 'failed'::text, 'cancelled'::text]));

CREATE TABLE organisation_members (
  account_id uuid NOT NULL,
  organisation_id uuid NOT NULL,
  role text NOT NULL,
  CONSTRAINT organisation_members_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE,
  CONSTRAINT organisation_members_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisations(id) ON DELETE CASCADE,
  CONSTRAINT organisation_members_pkey PRIMARY KEY (account_id),
  CONSTRAINT organisation_members_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'admin'::text, 'member'::text])))
);
CREATE UNIQUE INDEX organisation_members_one_owner ON public.organisation_members USING btree (organisation_id) WHERE (role = 'owner'::text);

CREATE TABLE organisations (
  id uuid NOT NULL,
  name text NOT NULL,
  created_at timestamp with time zone DEFAULT now() NOT NULL,
  CONSTRAINT organisations_name_key UNIQUE (name),
  CONSTRAINT organisations_pkey PRIMARY KEY (id)
);

CREATE TABLE schema_migrations (
  version integer NOT NULL,
  name text NOT NULL,
  checksum text NOT NULL,
  applied_at timestamp with time zone DEFAULT now() NOT NULL,
  CONSTRAINT schema_migrations_pkey PRIMARY KEY (version)
);
