-- What a team knows of a round: who plays whom, where everybody stands, which members play under which
-- names, who watches whom, how the team's own matches ended, and decklists.

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
