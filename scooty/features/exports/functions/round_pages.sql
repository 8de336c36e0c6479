-- Who played whom in an event, round by round, and how it ended where the team knows that; in pages
-- as report_pages has them. A result that no pairing stands beside has a row of its own.
create function scooty_private.round_pages(guild_id bigint, event_id bigint) returns json
language sql stable
as $$
  select coalesce(json_agg(page.rows::text order by page.number), '[]')
  from (
    select numbered.number, json_agg(numbered.row order by numbered.place) as rows
    from (
      select row_number() over by_table as place, (row_number() over by_table - 1) / 500 as number,
        json_build_array(
          t.round, t.table_number, t.seat, p.name, o.name, t.points, t.outcome, t.games_won,
          t.games_lost, t.games_drawn
        ) as row
      from (
        select round, player_id, coalesce(x.opponent_id, r.opponent_id) as opponent_id,
          x.table_number, x.seat, x.points, r.outcome, r.games_won, r.games_lost, r.games_drawn
        from (
          select * from pairings x
          where x.guild_id = round_pages.guild_id and x.event_id = round_pages.event_id
        ) x
        full join (
          select * from results r
          where r.guild_id = round_pages.guild_id and r.event_id = round_pages.event_id
        ) r using (round, player_id)
      ) t
      join players p on p.guild_id = round_pages.guild_id and p.id = t.player_id
      left join players o on o.guild_id = round_pages.guild_id and o.id = t.opponent_id
      window by_table as (
        order by t.round, t.table_number, t.seat, p.name collate "C", t.player_id
      )
    ) numbered
    group by numbered.number
  ) page;
$$;
