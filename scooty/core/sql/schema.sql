-- The tables as they are now, for reading: migrations lead here step by step, and a test proves
-- that both are equal. Change this file together with every new migration.
--
-- Whatever belongs to a guild has the guild's id in its primary key and in every foreign key, so a
-- row of one guild cannot point at a row of another. Keys (`*_key`) are folded by
-- scooty/domain/names.py; uniqueness of a name is uniqueness of its key.

create schema if not exists extensions;
create schema if not exists scooty;
create schema if not exists scooty_private;
-- What Supabase's API exposes: it holds nothing but functions.
create schema if not exists scooty_api;
create extension if not exists pg_trgm with schema extensions;

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
  format text check (char_length(format) between 1 and 30),
  decklists text check (decklists in ('open', 'closed')),
  phase text not null default 'swiss' check (phase in ('swiss', 'draft', 'top_cut')),
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
  merged_into bigint,
  primary key (guild_id, id),
  foreign key (guild_id, merged_into) references scooty_private.players (guild_id, id)
    on delete cascade
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
  platform text check (char_length(platform) between 1 and 30),
  primary key (guild_id, name_key),
  foreign key (guild_id, player_id) references scooty_private.players (guild_id, id)
    on delete cascade deferrable initially deferred
);
create index player_names_by_player on scooty_private.player_names (guild_id, player_id);
create index player_names_by_words on scooty_private.player_names (guild_id, word_key);
create index player_names_by_trigrams
  on scooty_private.player_names using gin (search_text extensions.gin_trgm_ops)
  with (fastupdate = off);

-- A merge is undone by what is written here: the rows that changed hands.
create table scooty_private.player_merges (
  guild_id bigint not null,
  id bigint generated always as identity,
  kept_player_id bigint not null,
  merged_player_id bigint not null,
  moved jsonb not null,
  merged_by bigint not null,
  merged_at timestamptz not null default clock_timestamp(),
  undone_at timestamptz,
  primary key (guild_id, id),
  foreign key (guild_id, kept_player_id) references scooty_private.players (guild_id, id)
    on delete cascade,
  foreign key (guild_id, merged_player_id) references scooty_private.players (guild_id, id)
    on delete cascade
);
create index player_merges_by_kept
  on scooty_private.player_merges (guild_id, kept_player_id);
create index player_merges_by_merged
  on scooty_private.player_merges (guild_id, merged_player_id);
create index players_by_merged_into
  on scooty_private.players (guild_id, merged_into) where merged_into is not null;

-- Archetypes of guild 0 are the starter set, which every guild sees.
create table scooty_private.archetypes (
  guild_id bigint not null,
  id bigint generated always as identity,
  name text not null check (char_length(name) between 1 and 100),
  colours text not null check (colours ~ '^W?U?B?R?G?$'),
  formats text[] not null default '{}',
  emoji text check (char_length(emoji) between 1 and 64),
  display_colour integer check (display_colour between 0 and 16777215),
  -- A guild that changes an archetype of the starter set gets one of its own in that one's place.
  starter_id bigint,
  retired_at timestamptz,
  merged_into bigint,
  primary key (guild_id, id),
  check (starter_id is null or guild_id <> 0),
  foreign key (guild_id, merged_into) references scooty_private.archetypes (guild_id, id),
  check (merged_into is null or retired_at is not null)
);

create unique index one_copy_of_a_starter
  on scooty_private.archetypes (guild_id, starter_id) where starter_id is not null;

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
  -- What the reports come to, kept up to date by every write (settle_player): the newest report of
  -- the archetype that weighs most, how sure that is, and whether others were reported.
  consensus_report_id bigint,
  consensus_confidence text check (consensus_confidence in ('sure', 'likely', 'guess')),
  is_contested boolean not null default false,
  -- When a roster named the player.
  listed_at timestamptz,
  primary key (guild_id, event_id, player_id),
  foreign key (guild_id, event_id) references scooty_private.events (guild_id, id),
  foreign key (guild_id, player_id) references scooty_private.players (guild_id, id)
);
create index event_players_by_player on scooty_private.event_players (guild_id, player_id);
create index event_players_by_recency
  on scooty_private.event_players (guild_id, event_id, last_reported_at desc)
  where report_count > 0;

-- How many reports of each archetype count in an event; no row, or none, when there are none.
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

-- A reporter who was erased is member 0.
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
  round smallint check (round between 1 and 30),
  table_number integer check (table_number between 1 and 9999),
  colours text check (colours ~ '^W?U?B?R?G?$'),
  companion text check (char_length(companion) between 1 and 100),
  key_cards text check (char_length(key_cards) between 1 and 500),
  sideboard text check (char_length(sideboard) between 1 and 500),
  play_pattern text check (char_length(play_pattern) between 1 and 500),
  variant text check (char_length(variant) between 1 and 100),
  source text not null default 'seen'
    check (source in ('seen', 'played', 'told', 'decklist', 'coverage')),
  confidence text not null default 'sure' check (confidence in ('sure', 'likely', 'guess')),
  revision integer not null default 1 check (revision > 0),
  undone_by bigint,
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
create index reports_by_reporter
  on scooty_private.reports (reporter_id, guild_id, id desc);

-- What a report said before each of its changes.
create table scooty_private.report_revisions (
  guild_id bigint not null,
  report_id bigint not null,
  revision integer not null check (revision > 0),
  content jsonb not null,
  changed_by bigint not null,
  changed_at timestamptz not null default clock_timestamp(),
  primary key (guild_id, report_id, revision),
  foreign key (guild_id, report_id) references scooty_private.reports (guild_id, id)
    on delete cascade
);

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
  round smallint check (round between 1 and 30),
  source text not null default 'seen'
    check (source in ('seen', 'played', 'told', 'decklist', 'coverage')),
  confidence text not null default 'sure' check (confidence in ('sure', 'likely', 'guess')),
  primary key (guild_id, request_id),
  unique (guild_id, used_by_request_id)
);
create index drafts_by_expiry on scooty_private.drafts (expires_at);

-- sha256 of each key that lets a caller of the API in who has only the project's public key. Two may
-- be valid at once; a retired one has no place and is remembered.
create table scooty_private.api_keys (
  key_hash bytea primary key check (octet_length(key_hash) = 32),
  created_at timestamptz not null default clock_timestamp(),
  place smallint unique check (place in (1, 2)),
  retired_at timestamptz,
  check ((place is null) = (retired_at is not null))
);

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

-- What a team's captains set: who may do what, where and how the bot speaks, how long events stay.
create table scooty_private.guild_settings (
  guild_id bigint primary key,
  captain_role_ids bigint[] not null default '{}',
  scout_role_ids bigint[] not null default '{}',
  reader_role_ids bigint[] not null default '{}',
  admin_channel_id bigint,
  digest_channel_id bigint,
  language text check (language in ('en', 'fr')),
  retention_days integer check (retention_days between 1 and 3650),
  ethics_line text check (char_length(ethics_line) between 1 and 200),
  updated_by bigint not null,
  updated_at timestamptz not null default clock_timestamp()
);

-- Where a guild's live board stands; its message is not there yet when it was just started.
create table scooty_private.live_boards (
  guild_id bigint primary key,
  channel_id bigint not null,
  message_id bigint,
  started_by bigint not null,
  started_at timestamptz not null default clock_timestamp()
);

-- Who did what: ids, counts and names of archetypes and events, never a player's name or a comment.
create table scooty_private.audit (
  guild_id bigint not null,
  id bigint generated always as identity,
  at timestamptz not null default clock_timestamp(),
  member_id bigint not null,
  action text not null check (char_length(action) between 1 and 40),
  subject_id bigint,
  detail jsonb not null default '{}',
  request_id bigint not null,
  primary key (guild_id, id)
);
create index audit_by_member on scooty_private.audit (guild_id, member_id, id desc);
create index audit_by_time on scooty_private.audit (guild_id, at desc);

-- What a request was answered, for its repetition; of those that keep no row with their own id.
create table scooty_private.answered_requests (
  guild_id bigint not null,
  request_id bigint not null,
  answer jsonb not null,
  answered_at timestamptz not null default clock_timestamp(),
  primary key (guild_id, request_id)
);
create index answered_requests_by_age on scooty_private.answered_requests (answered_at);

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

-- A round whose pairings were applied, and the message that announced it. Its number grows with the
-- tournament; the current round is the highest.
create table scooty_private.rounds (
  guild_id bigint not null,
  event_id bigint not null,
  number smallint not null check (number between 1 and 30),
  applied_by bigint not null,
  applied_at timestamptz not null default clock_timestamp(),
  channel_id bigint,
  message_id bigint,
  primary key (guild_id, event_id, number),
  foreign key (guild_id, event_id) references scooty_private.events (guild_id, id) on delete cascade
);

-- One row for each player of a round: a pairing is two rows that name each other, a bye is one
-- without an opponent. In a team event the rows of one table differ in their seats.
create table scooty_private.pairings (
  guild_id bigint not null,
  event_id bigint not null,
  round smallint not null,
  player_id bigint not null,
  opponent_id bigint,
  table_number integer check (table_number between 1 and 9999),
  seat smallint check (seat between 1 and 9),
  points smallint check (points between 0 and 999),
  primary key (guild_id, event_id, round, player_id),
  foreign key (guild_id, event_id, round)
    references scooty_private.rounds (guild_id, event_id, number) on delete cascade,
  foreign key (guild_id, event_id, player_id)
    references scooty_private.event_players (guild_id, event_id, player_id) on delete cascade,
  foreign key (guild_id, event_id, opponent_id)
    references scooty_private.event_players (guild_id, event_id, player_id) on delete cascade,
  check (opponent_id <> player_id)
);
create index pairings_by_player
  on scooty_private.pairings (guild_id, event_id, player_id, round desc);
create index pairings_by_opponent
  on scooty_private.pairings (guild_id, event_id, opponent_id) where opponent_id is not null;

-- Where everybody stands by the newest standings that were applied.
create table scooty_private.standings (
  guild_id bigint not null,
  event_id bigint not null,
  player_id bigint not null,
  rank integer check (rank between 1 and 99999),
  points smallint check (points between 0 and 999),
  wins smallint check (wins between 0 and 99),
  losses smallint check (losses between 0 and 99),
  draws smallint check (draws between 0 and 99),
  applied_at timestamptz not null default clock_timestamp(),
  primary key (guild_id, event_id, player_id),
  foreign key (guild_id, event_id, player_id)
    references scooty_private.event_players (guild_id, event_id, player_id) on delete cascade
);
create index standings_by_rank on scooty_private.standings (guild_id, event_id, rank);

-- Which member is which player, and whether they want a direct message when a round is up.
create table scooty_private.team_links (
  guild_id bigint not null,
  member_id bigint not null,
  member_name text not null check (char_length(member_name) between 1 and 100),
  player_id bigint not null,
  is_notified boolean not null default false,
  linked_by bigint not null,
  linked_at timestamptz not null default clock_timestamp(),
  -- What they were told last: the event, the round, the opponent and the table.
  told text check (char_length(told) between 1 and 100),
  primary key (guild_id, member_id),
  unique (guild_id, player_id),
  foreign key (guild_id, player_id) references scooty_private.players (guild_id, id)
    on delete cascade
);

-- Who watches whom; the row goes when a report of the player arrives.
create table scooty_private.assignments (
  guild_id bigint not null,
  event_id bigint not null,
  player_id bigint not null,
  member_id bigint not null,
  member_name text not null check (char_length(member_name) between 1 and 100),
  assigned_by bigint not null,
  assigned_at timestamptz not null default clock_timestamp(),
  primary key (guild_id, event_id, player_id),
  foreign key (guild_id, event_id, player_id)
    references scooty_private.event_players (guild_id, event_id, player_id) on delete cascade
);
create index assignments_by_member on scooty_private.assignments (guild_id, event_id, member_id);

-- How the team's own matches ended. What was played is the consensus of both at the time of looking,
-- so a deck that is corrected corrects the team's record too.
create table scooty_private.results (
  guild_id bigint not null,
  event_id bigint not null,
  round smallint not null check (round between 1 and 30),
  player_id bigint not null,
  opponent_id bigint not null,
  outcome text not null check (outcome in ('win', 'loss', 'draw')),
  games_won smallint check (games_won between 0 and 9),
  games_lost smallint check (games_lost between 0 and 9),
  games_drawn smallint check (games_drawn between 0 and 9),
  -- Nobody, when the round's own file told it.
  told_by bigint,
  told_at timestamptz not null default clock_timestamp(),
  primary key (guild_id, event_id, round, player_id),
  foreign key (guild_id, event_id, player_id)
    references scooty_private.event_players (guild_id, event_id, player_id) on delete cascade,
  foreign key (guild_id, event_id, opponent_id)
    references scooty_private.event_players (guild_id, event_id, player_id) on delete cascade,
  check (opponent_id <> player_id)
);
create index results_by_opponent on scooty_private.results (guild_id, event_id, opponent_id);

-- What was registered or seen card by card. The cards of a board: [{"count": 4, "card": "Name"}, ...].
create table scooty_private.decklists (
  guild_id bigint not null,
  event_id bigint not null,
  player_id bigint not null,
  main jsonb not null check (jsonb_typeof(main) = 'array'),
  side jsonb not null check (jsonb_typeof(side) = 'array'),
  companion text check (char_length(companion) between 1 and 150),
  added_by bigint not null,
  added_at timestamptz not null default clock_timestamp(),
  primary key (guild_id, event_id, player_id),
  foreign key (guild_id, event_id, player_id)
    references scooty_private.event_players (guild_id, event_id, player_id) on delete cascade
);

revoke all on all tables in schema scooty_private from public;
revoke all on schema scooty_private from public;
revoke all on schema scooty_api from public;
