-- /check name: the card of the player of that name, or of the only one with these words in another
-- order; else those whose name resembles it.
create function scooty.check_player(guild_id bigint, name_key text, word_key text) returns jsonb
language plpgsql stable security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  event events := active_event(guild_id);
  player_ids bigint[];
  matches jsonb;
begin
  if event.id is null then
    return jsonb_build_object('outcome', 'no_active_event');
  end if;

  player_ids := reported_players(guild_id, event.id, array(
    select n.player_id from player_names n
    where n.guild_id = check_player.guild_id and n.name_key = check_player.name_key
  ));
  if player_ids is null then
    player_ids := reported_players(guild_id, event.id, array(
      select n.player_id from player_names n
      where n.guild_id = check_player.guild_id and n.word_key = check_player.word_key
    ));
  end if;
  if cardinality(player_ids) = 1 then
    return jsonb_build_object(
      'outcome', 'found', 'card', player_card(guild_id, event, player_ids[1])
    );
  end if;

  player_ids := matching_players(guild_id, event.id, name_key);
  if player_ids is null then
    return jsonb_build_object('outcome', 'nobody_found');
  end if;
  select jsonb_agg(o.value - '{reporter_id,reporter_name,report_count}'::text[] order by o.ordinality)
  into matches
  from jsonb_array_elements(opponent_objects(guild_id, event.id, player_ids)) with ordinality o;
  return jsonb_build_object('outcome', 'several_players', 'matches', matches);
end
$$;
