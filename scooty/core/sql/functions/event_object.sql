create function scooty_private.event_object(event scooty_private.events) returns jsonb
language sql stable
as $$
  select jsonb_build_object('id', event.id, 'name', event.name, 'created_at', event.created_at);
$$;
