-- The answer when brief_round finds none.
create function scooty_private.brief_refusal(
  guild_id bigint, event scooty_private.events
) returns jsonb
language sql stable
as $$
  select jsonb_build_object(
    'outcome', 'no_round', 'event', event_object(brief_refusal.event),
    'newest', current_round(brief_refusal.guild_id, brief_refusal.event.id)
  );
$$;
