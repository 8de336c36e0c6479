-- The card of a player of the active event who was chosen from a list.
create function scooty.check_player_by_id(guild_id bigint, player_id bigint) returns jsonb
language plpgsql stable security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  event events := active_event(guild_id);
  card jsonb;
begin
  if event.id is null then
    return jsonb_build_object('outcome', 'no_active_event');
  end if;
  card := player_card(guild_id, event, player_id);
  if card is null then
    return jsonb_build_object('outcome', 'nobody_found');
  end if;
  return jsonb_build_object('outcome', 'found', 'card', card);
end
$$;
