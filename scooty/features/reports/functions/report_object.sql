-- A report with what its reader needs to know it by.
create function scooty_private.report_object(report scooty_private.reports) returns jsonb
language sql stable
as $$
  select jsonb_build_object(
    'id', report.id,
    'revision', report.revision,
    'player_name', p.name,
    'event_name', e.name,
    'reporter_id', report.reporter_id,
    'reported_at', report.reported_at,
    'deleted_at', report.undone_at,
    'deleted_by', coalesce(report.undone_by, report.reporter_id),
    'said', report_content(report)
  )
  from players p, events e
  where p.guild_id = report.guild_id and p.id = report.player_id
    and e.guild_id = report.guild_id and e.id = report.event_id;
$$;
