-- The card of a player of an event, the active one if no other is asked for, who was chosen from a
-- list.
create function scooty.check_player_by_id(
  guild_id bigint, player_id bigint, event_id bigint default null
) returns jsonb
language plpgsql stable security definer
set search_path = scooty_private, extensions, pg_temp
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
declare
  event events := event_to_look_in(guild_id, event_id);
  card jsonb;
begin
  if event.id is null then
    return no_event_to_look_in(event_id);
  end if;
  card := player_card(guild_id, event, player_id);
  if card is null then
    return coalesce(
      listed_player(guild_id, event, player_id), jsonb_build_object('outcome', 'nobody_found')
    );
  end if;
  return jsonb_build_object('outcome', 'found', 'card', card);
end
$$;
