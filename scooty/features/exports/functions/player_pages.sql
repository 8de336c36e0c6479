-- An event's players with what their reports come to, by name; in pages as report_pages has them.
create function scooty_private.player_pages(guild_id bigint, event_id bigint) returns json
language sql stable
as $$
  select coalesce(json_agg(page.rows::text order by page.number), '[]')
  from (
    select numbered.number, json_agg(numbered.row order by numbered.place) as rows
    from (
      select row_number() over by_name as place, (row_number() over by_name - 1) / 500 as number,
        json_build_array(
          p.name, a.name, a.colours, e.consensus_confidence, e.is_contested, e.report_count,
          e.last_reported_at
        ) as row
      from event_players e
      join players p on p.guild_id = e.guild_id and p.id = e.player_id
      left join reports r on r.guild_id = e.guild_id and r.id = e.consensus_report_id
      left join archetypes a on a.guild_id = r.archetype_guild_id and a.id = r.archetype_id
      where e.guild_id = player_pages.guild_id and e.event_id = player_pages.event_id
      window by_name as (order by p.name collate "C", p.id)
    ) numbered
    group by numbered.number
  ) page;
$$;
