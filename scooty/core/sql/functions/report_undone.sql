create function scooty_private.report_undone(report scooty_private.reports) returns jsonb
language sql stable
as $$
  select jsonb_build_object(
    'outcome', 'undone', 'player_name', p.name, 'archetype', a.name
  )
  from players p, archetypes a
  where p.guild_id = report.guild_id and p.id = report.player_id
    and a.guild_id = report.archetype_guild_id and a.id = report.archetype_id;
$$;
