-- The people of an import that waits, with the players whom they are by now: by name, else by whom
-- they were matched with or a person said they are; nobody while they would be new.
--
-- A table (or a row of standings: `lot`) in which somebody stands who stands in an earlier one is left
-- out. The file was looked through for that, but players may have become one since.
create function scooty_private.round_file_entries(guild_id bigint, content jsonb)
returns table (
  place bigint, lot integer, side smallint, seat smallint, table_number integer, points smallint,
  rank integer, wins smallint, losses smallint, draws smallint, outcome text, games_won smallint,
  games_lost smallint, games_drawn smallint, player_id bigint, is_left_out boolean
)
language sql stable
as $$
  with given as materialized (
    select e.*, coalesce(n.player_id, r.player_id) as player_id,
      coalesce(coalesce(n.player_id, r.player_id)::text, e.name_key) as identity
    from jsonb_to_recordset(content->'entries') e (
      place bigint, name_key text, lot integer, side smallint, seat smallint,
      table_number integer, points smallint, rank integer, wins smallint, losses smallint,
      draws smallint, outcome text, games_won smallint, games_lost smallint, games_drawn smallint
    )
    join roster_entries(round_file_entries.guild_id, content) r on r.place = e.place
    left join player_names n
      on n.guild_id = round_file_entries.guild_id and n.name_key = e.name_key
  ), repeated as materialized (
    select distinct s.lot
    from (
      select g.lot, g.place, min(g.place) over (partition by g.identity) as first_place from given g
    ) s
    where s.first_place < s.place
  )
  select g.place, g.lot, g.side, g.seat, g.table_number, g.points, g.rank, g.wins, g.losses,
    g.draws, g.outcome, g.games_won, g.games_lost, g.games_drawn, g.player_id, p.lot is not null
  from given g
  left join repeated p on p.lot = g.lot;
$$;
