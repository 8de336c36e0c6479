-- The answer when event_to_look_in finds none.
create function scooty_private.no_event_to_look_in(event_id bigint) returns jsonb
language sql stable
as $$
  select jsonb_build_object(
    'outcome', case when event_id is null then 'no_active_event' else 'event_unknown' end
  );
$$;
