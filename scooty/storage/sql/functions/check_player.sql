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

  select array_agg(distinct p.player_id) into player_ids
  from player_names n
  join event_players p on p.guild_id = n.guild_id and p.event_id = event.id
    and p.player_id = n.player_id and p.report_count > 0
  where n.guild_id = check_player.guild_id and n.name_key = check_player.name_key;
  if player_ids is null then
    select array_agg(distinct p.player_id) into player_ids
    from player_names n
    join event_players p on p.guild_id = n.guild_id and p.event_id = event.id
      and p.player_id = n.player_id and p.report_count > 0
    where n.guild_id = check_player.guild_id and n.word_key = check_player.word_key;
  end if;
  if cardinality(player_ids) = 1 then
    return jsonb_build_object(
      'outcome', 'found', 'card', player_card(guild_id, event, player_ids[1])
    );
  end if;

  select jsonb_agg(
    opponent_object(guild_id, event.id, m.player_id) - '{reporter_id,reporter_name,report_count}'::text[]
    order by m.place
  ) into matches
  from matching_players(guild_id, event.id, name_key) m;
  if matches is null then
    return jsonb_build_object('outcome', 'nobody_found');
  end if;
  return jsonb_build_object('outcome', 'several_players', 'matches', matches);
end
$$;
