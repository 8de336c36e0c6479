-- What Supabase's API exposes: a schema that holds nothing but functions, and the hash of the key
-- that lets a caller in who has only the project's public key.
create schema if not exists scooty_api;
revoke all on schema scooty_api from public;

create table scooty_private.api_keys (
  key_hash bytea primary key check (octet_length(key_hash) = 32),
  created_at timestamptz not null default clock_timestamp()
);
revoke all on scooty_private.api_keys from public;
