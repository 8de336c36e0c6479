-- What a team records beyond "X plays Y": more of each report and its history, archetypes of its own,
-- rosters and merged players, its roles and channels, the live board, and who did what.

-- Events -------------------------------------------------------------------------------------------
alter table scooty_private.events
  add column format text check (char_length(format) between 1 and 30),
  add column decklists text check (decklists in ('open', 'closed')),
  add column phase text not null default 'swiss' check (phase in ('swiss', 'draft', 'top_cut'));

-- Archetypes ---------------------------------------------------------------------------------------
-- A guild that changes an archetype of the starter set gets one of its own in that one's place.
alter table scooty_private.archetypes
  add column emoji text check (char_length(emoji) between 1 and 64),
  add column display_colour integer check (display_colour between 0 and 16777215),
  add column starter_id bigint,
  add column retired_at timestamptz,
  add column merged_into bigint,
  add check (starter_id is null or guild_id <> 0),
  add foreign key (guild_id, merged_into) references scooty_private.archetypes (guild_id, id),
  add check (merged_into is null or retired_at is not null);
create unique index one_copy_of_a_starter
  on scooty_private.archetypes (guild_id, starter_id) where starter_id is not null;

-- Players ------------------------------------------------------------------------------------------
alter table scooty_private.players
  add column merged_into bigint,
  add foreign key (guild_id, merged_into) references scooty_private.players (guild_id, id)
    on delete cascade;
alter table scooty_private.player_names
  add column platform text check (char_length(platform) between 1 and 30);
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

-- Reports ------------------------------------------------------------------------------------------
-- A reporter who was erased is member 0.
alter table scooty_private.reports
  add column round smallint check (round between 1 and 30),
  add column table_number integer check (table_number between 1 and 9999),
  add column colours text check (colours ~ '^W?U?B?R?G?$'),
  add column companion text check (char_length(companion) between 1 and 100),
  add column key_cards text check (char_length(key_cards) between 1 and 500),
  add column sideboard text check (char_length(sideboard) between 1 and 500),
  add column play_pattern text check (char_length(play_pattern) between 1 and 500),
  add column variant text check (char_length(variant) between 1 and 100),
  add column source text not null default 'seen'
    check (source in ('seen', 'played', 'told', 'decklist', 'coverage')),
  add column confidence text not null default 'sure' check (confidence in ('sure', 'likely', 'guess')),
  add column revision integer not null default 1 check (revision > 0),
  add column undone_by bigint;
create index reports_by_reporter
  on scooty_private.reports (reporter_id, guild_id, id desc);
alter table scooty_private.drafts
  add column round smallint check (round between 1 and 30),
  add column source text not null default 'seen'
    check (source in ('seen', 'played', 'told', 'decklist', 'coverage')),
  add column confidence text not null default 'sure' check (confidence in ('sure', 'likely', 'guess'));
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

-- What the reports of a player come to, kept up to date by every write (`settle_player`): the newest
-- report of the archetype that weighs most, and how sure that is. And who was on a roster.
alter table scooty_private.event_players
  add column consensus_report_id bigint,
  add column consensus_confidence text check (consensus_confidence in ('sure', 'likely', 'guess')),
  add column is_contested boolean not null default false,
  add column listed_at timestamptz;
update scooty_private.event_players p
set consensus_report_id = r.id, consensus_confidence = 'sure'
from (
  select distinct on (guild_id, event_id, player_id) guild_id, event_id, player_id, id
  from scooty_private.reports where undone_at is null
  order by guild_id, event_id, player_id, id desc
) r
where r.guild_id = p.guild_id and r.event_id = p.event_id and r.player_id = p.player_id;

-- The team -----------------------------------------------------------------------------------------
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
create table scooty_private.live_boards (
  guild_id bigint primary key,
  channel_id bigint not null,
  message_id bigint,
  started_by bigint not null,
  started_at timestamptz not null default clock_timestamp()
);

-- Who did what: ids and counts, never what people wrote.
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

revoke all on all tables in schema scooty_private from public;
