-- What is offered while an archetype is typed: by name, alias or colours; those with most reports
-- in the active event first; likenesses only when nothing begins with what was typed.
create function scooty.suggest_archetypes(guild_id bigint, text_key text, colours text)
returns jsonb
language plpgsql stable security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  active_id bigint := (active_event(guild_id)).id;
  patterns text[] := coalesce(word_patterns(text_key), '{%}');
  chosen jsonb;
begin
  select jsonb_agg(jsonb_build_object(
    'id', fit.id, 'name', fit.name, 'colours', fit.colours, 'report_count', fit.reports
  ) order by fit.reports desc, fit.begins desc, fit.name) into chosen
  from (
    select a.id, a.name, a.colours, coalesce(c.report_count, 0) as reports,
      bool_or(starts_with(n.name_key, suggest_archetypes.text_key)) as begins
    from archetype_names n
    join offered_archetypes(suggest_archetypes.guild_id) a
      on a.guild_id = n.guild_id and a.id = n.archetype_id
    left join event_archetypes c on c.guild_id = suggest_archetypes.guild_id
      and c.event_id = active_id and c.archetype_id = a.id
    where n.guild_id in (0, suggest_archetypes.guild_id)
      and (n.search_text like all (patterns) or a.colours = suggest_archetypes.colours)
    group by a.guild_id, a.id, a.name, a.colours, c.report_count
    order by reports desc, begins desc, a.name
    limit 25
  ) fit;
  return coalesce(chosen, nearest_archetypes(guild_id, active_id, text_key));
end
$$;
