-- What is shown of an event wherever it stands in a list.
create function scooty_private.event_facts(event scooty_private.events) returns jsonb
language sql stable
as $$
  select event_object(event) || jsonb_build_object(
    'active', event.status = 'active', 'closed_at', event.closed_at,
    'format', event.format, 'decklists', event.decklists, 'phase', event.phase
  );
$$;
