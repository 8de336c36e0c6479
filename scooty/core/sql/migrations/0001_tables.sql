create schema if not exists extensions;
create schema if not exists scooty;
create schema if not exists scooty_private;
create extension if not exists pg_trgm with schema extensions;
do $$
begin
  if not exists (
    select from pg_extension
    where extname = 'pg_trgm' and extnamespace = 'extensions'::regnamespace
  ) then
    raise exception 'pg_trgm is installed in another schema; run as its owner: alter extension pg_trgm set schema extensions';
  end if;
end
$$;

create table scooty_private.events (
  guild_id bigint not null,
  id bigint generated always as identity,
  name text not null check (char_length(name) between 1 and 100),
  name_key text not null check (name_key <> ''),
  status text not null check (status in ('active', 'closed')),
  created_by bigint not null,
  created_at timestamptz not null default clock_timestamp(),
  closed_at timestamptz,
  previous_event_id bigint,
  request_id bigint not null,
  primary key (guild_id, id),
  unique (guild_id, name_key),
  unique (guild_id, request_id),
  foreign key (guild_id, previous_event_id) references scooty_private.events (guild_id, id),
  check ((status = 'closed') = (closed_at is not null))
);
create unique index one_active_event_per_guild
  on scooty_private.events (guild_id) where status = 'active';

create table scooty_private.players (
  guild_id bigint not null,
  id bigint generated always as identity,
  name text not null check (char_length(name) between 1 and 100),
  created_at timestamptz not null default clock_timestamp(),
  primary key (guild_id, id)
);

-- Every spelling by which a player is known; its primary key is what makes two scouts of one new
-- opponent make one player. `search_text` begins with a space, so that a word's start can be
-- looked for as '% word%', which the trigram index answers even for one or two letters.
create table scooty_private.player_names (
  guild_id bigint not null,
  name_key text not null check (name_key <> ''),
  word_key text not null check (word_key <> ''),
  player_id bigint not null,
  search_text text not null generated always as (' ' || name_key) stored,
  primary key (guild_id, name_key),
  foreign key (guild_id, player_id) references scooty_private.players (guild_id, id)
    on delete cascade deferrable initially deferred
);
create index player_names_by_player on scooty_private.player_names (guild_id, player_id);
create index player_names_by_words on scooty_private.player_names (guild_id, word_key);
create index player_names_by_trigrams
  on scooty_private.player_names using gin (search_text extensions.gin_trgm_ops)
  with (fastupdate = off);

-- Archetypes of guild 0 are the starter set, which every guild sees.
create table scooty_private.archetypes (
  guild_id bigint not null,
  id bigint generated always as identity,
  name text not null check (char_length(name) between 1 and 100),
  colours text not null check (colours ~ '^W?U?B?R?G?$'),
  formats text[] not null default '{}',
  primary key (guild_id, id)
);

create table scooty_private.archetype_names (
  guild_id bigint not null,
  name_key text not null check (name_key <> ''),
  word_key text not null check (word_key <> ''),
  archetype_id bigint not null,
  search_text text not null generated always as (' ' || name_key) stored,
  primary key (guild_id, name_key),
  foreign key (guild_id, archetype_id) references scooty_private.archetypes (guild_id, id)
    on delete cascade
);
create index archetype_names_by_archetype
  on scooty_private.archetype_names (guild_id, archetype_id);

-- Who plays in an event, with what would otherwise be counted on every keystroke. Its row is also
-- the lock under which the reports of one player are written one after the other.
create table scooty_private.event_players (
  guild_id bigint not null,
  event_id bigint not null,
  player_id bigint not null,
  report_count integer not null default 0 check (report_count >= 0),
  last_reported_at timestamptz,
  primary key (guild_id, event_id, player_id),
  foreign key (guild_id, event_id) references scooty_private.events (guild_id, id),
  foreign key (guild_id, player_id) references scooty_private.players (guild_id, id)
);
create index event_players_by_player on scooty_private.event_players (guild_id, player_id);
create index event_players_by_recency
  on scooty_private.event_players (guild_id, event_id, last_reported_at desc)
  where report_count > 0;

create table scooty_private.event_archetypes (
  guild_id bigint not null,
  event_id bigint not null,
  archetype_guild_id bigint not null,
  archetype_id bigint not null,
  report_count integer not null check (report_count >= 0),
  primary key (guild_id, event_id, archetype_id),
  foreign key (guild_id, event_id) references scooty_private.events (guild_id, id),
  foreign key (archetype_guild_id, archetype_id)
    references scooty_private.archetypes (guild_id, id),
  check (archetype_guild_id in (0, guild_id))
);

create table scooty_private.reports (
  guild_id bigint not null,
  id bigint generated always as identity,
  event_id bigint not null,
  player_id bigint not null,
  archetype_guild_id bigint not null,
  archetype_id bigint not null,
  comment text check (char_length(comment) between 1 and 500),
  reporter_id bigint not null,
  reporter_name text not null check (char_length(reporter_name) between 1 and 100),
  reported_at timestamptz not null default clock_timestamp(),
  request_id bigint not null,
  undone_at timestamptz,
  undo_request_id bigint,
  primary key (guild_id, id),
  unique (guild_id, request_id),
  unique (guild_id, undo_request_id),
  foreign key (guild_id, event_id, player_id)
    references scooty_private.event_players (guild_id, event_id, player_id),
  foreign key (archetype_guild_id, archetype_id)
    references scooty_private.archetypes (guild_id, id),
  check (archetype_guild_id in (0, guild_id)),
  check ((undone_at is null) = (undo_request_id is null))
);
create index reports_by_player
  on scooty_private.reports (guild_id, event_id, player_id, id desc);

-- A report whose archetype nobody knew, kept until its reporter chose one from a list.
create table scooty_private.drafts (
  guild_id bigint not null,
  request_id bigint not null,
  reporter_id bigint not null,
  reporter_name text not null check (char_length(reporter_name) between 1 and 100),
  opponent text not null check (char_length(opponent) between 1 and 100),
  name_key text not null check (name_key <> ''),
  word_key text not null check (word_key <> ''),
  archetype_key text not null,
  comment text check (char_length(comment) between 1 and 500),
  expires_at timestamptz not null,
  used_by_request_id bigint,
  primary key (guild_id, request_id),
  unique (guild_id, used_by_request_id)
);
create index drafts_by_expiry on scooty_private.drafts (expires_at);

revoke all on all tables in schema scooty_private from public;
revoke all on schema scooty_private from public;
