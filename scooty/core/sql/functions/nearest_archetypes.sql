-- The three whose name or alias resembles a text most; some are always offered.
create function scooty_private.nearest_archetypes(guild_id bigint, event_id bigint, text_key text)
returns jsonb
language sql stable
as $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'id', near.id, 'name', near.name, 'colours', near.colours, 'report_count', near.reports
  ) order by near.likeness desc, near.reports desc, near.name), '[]')
  from (
    select a.id, a.name, a.colours, coalesce(c.report_count, 0) as reports, best.likeness
    from (
      select n.guild_id, n.archetype_id, max(greatest(
        similarity(n.name_key, nearest_archetypes.text_key),
        word_similarity(nearest_archetypes.text_key, n.name_key) * 0.9,
        -- before what only resembles it, after what is the same word
        case when n.search_text like any (slip_patterns(nearest_archetypes.text_key)) then 0.8 end
      )) as likeness
      from archetype_names n
      where n.guild_id in (0, nearest_archetypes.guild_id)
      group by n.guild_id, n.archetype_id
    ) best
    join offered_archetypes(nearest_archetypes.guild_id) a
      on a.guild_id = best.guild_id and a.id = best.archetype_id
    left join event_archetypes c on c.guild_id = nearest_archetypes.guild_id
      and c.event_id = nearest_archetypes.event_id and c.archetype_id = a.id
    order by best.likeness desc, reports desc, a.name
    limit 3
  ) near;
$$;
