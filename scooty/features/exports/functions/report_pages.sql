-- An event's reports that count, in their order: texts of JSON lists with 500 of them each, so that
-- nobody has to take the whole apart in one go.
create function scooty_private.report_pages(guild_id bigint, event_id bigint) returns json
language sql stable
as $$
  select coalesce(json_agg(page.rows::text order by page.number), '[]')
  from (
    select numbered.number, json_agg(numbered.row order by numbered.id) as rows
    from (
      select r.id, (row_number() over (order by r.id) - 1) / 500 as number, json_build_array(
        r.id, p.name, r.round, r.table_number, a.name, a.colours, r.colours, r.companion,
        r.key_cards, r.sideboard, r.play_pattern, r.variant, r.comment, r.source, r.confidence,
        r.reporter_id, r.reporter_name, r.reported_at
      ) as row
      from reports r
      join players p on p.guild_id = r.guild_id and p.id = r.player_id
      join archetypes a on a.guild_id = r.archetype_guild_id and a.id = r.archetype_id
      where r.guild_id = report_pages.guild_id and r.event_id = report_pages.event_id
        and r.undone_at is null
    ) numbered
    group by numbered.number
  ) page;
$$;
