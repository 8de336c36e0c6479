-- The answer to a change: the report as it is now, and what its player counts as since.
create function scooty_private.report_changed(report scooty_private.reports, outcome text)
returns jsonb
language plpgsql stable
as $$
begin
  return jsonb_build_object(
    'outcome', report_changed.outcome,
    'report', report_object(report),
    'consensus', (
      select a.name
      from consensus_report(report.guild_id, report.event_id, report.player_id) c
      join archetypes a on a.guild_id = c.archetype_guild_id and a.id = c.archetype_id
    )
  );
end
$$;
