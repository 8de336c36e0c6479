-- What was read from a file and waits for its Apply: parsed and matched, never the file itself.
create table scooty_private.pending_imports (
  guild_id bigint not null,
  request_id bigint not null,
  kind text not null check (char_length(kind) between 1 and 20),
  content jsonb not null,
  created_by bigint not null,
  expires_at timestamptz not null,
  primary key (guild_id, request_id)
);
create index pending_imports_by_expiry on scooty_private.pending_imports (expires_at);
revoke all on all tables in schema scooty_private from public;
