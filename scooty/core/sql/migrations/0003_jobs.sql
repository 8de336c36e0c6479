-- Which fires of which scheduled jobs have happened, for all processes that share this database.
create table scooty_private.jobs (
  name text primary key check (char_length(name) between 1 and 50),
  settled_to timestamptz not null,
  paused_at timestamptz
);

create table scooty_private.fires (
  job text not null references scooty_private.jobs (name),
  fire_key text not null check (char_length(fire_key) between 1 and 100),
  due_at timestamptz not null,
  by_hand boolean not null,
  owner text not null,
  lease_until timestamptz not null,
  attempt integer not null default 1 check (attempt > 0),
  started_at timestamptz not null default clock_timestamp(),
  ended_at timestamptz,
  outcome text check (outcome in ('ok', 'failed', 'skipped')),
  error_kind text,
  primary key (job, fire_key),
  check ((ended_at is null) = (outcome is null))
);
create index fires_by_start on scooty_private.fires (job, started_at desc);
create index fires_unsettled on scooty_private.fires (job, due_at) where outcome is null;

-- Who may do what only one process does at a time; the epoch grows with every change of owner.
create table scooty_private.leases (
  name text primary key check (char_length(name) between 1 and 50),
  owner text not null,
  epoch bigint not null default 1,
  expires_at timestamptz not null
);

revoke all on scooty_private.jobs, scooty_private.fires, scooty_private.leases from public;
