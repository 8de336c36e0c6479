-- /check name: the card of the player of that name, or of the only one with these words in another
-- order; else whoever is on the roster so; else those whose name resembles it.
create function scooty.check_player(
  guild_id bigint, name_key text, word_key text, event_id bigint default null
) returns jsonb
language plpgsql stable security definer
set search_path = scooty_private, extensions, pg_temp
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
declare
  event events := event_to_look_in(guild_id, event_id);
  of_the_name bigint[];
  of_the_words bigint[];
  player_ids bigint[];
  matches jsonb;
begin
  if event.id is null then
    return no_event_to_look_in(event_id);
  end if;

  of_the_name := array(
    select n.player_id from player_names n
    where n.guild_id = check_player.guild_id and n.name_key = check_player.name_key
  );
  of_the_words := array(
    select n.player_id from player_names n
    where n.guild_id = check_player.guild_id and n.word_key = check_player.word_key
  );
  player_ids := coalesce(
    reported_players(guild_id, event.id, of_the_name),
    reported_players(guild_id, event.id, of_the_words)
  );
  if cardinality(player_ids) = 1 then
    return jsonb_build_object(
      'outcome', 'found', 'card', player_card(guild_id, event, player_ids[1])
    );
  end if;
  if player_ids is null then
    player_ids := coalesce(
      listed_players(guild_id, event.id, of_the_name),
      listed_players(guild_id, event.id, of_the_words)
    );
    if cardinality(player_ids) = 1 then
      return listed_player(guild_id, event, player_ids[1]);
    end if;
  end if;

  player_ids := matching_players(guild_id, event.id, name_key, true);
  if player_ids is null then
    return jsonb_build_object('outcome', 'nobody_found');
  end if;
  select jsonb_agg(jsonb_build_object(
    'player_id', p.id, 'name', p.name, 'archetype', coalesce(a.name, '')
  ) order by wanted.place)
  into matches
  from unnest(player_ids) with ordinality as wanted (player_id, place)
  join players p on p.guild_id = check_player.guild_id and p.id = wanted.player_id
  left join lateral (
    select a.name from consensus_report(check_player.guild_id, event.id, wanted.player_id) r
    join archetypes a on a.guild_id = r.archetype_guild_id and a.id = r.archetype_id
  ) a on true;
  return jsonb_build_object('outcome', 'several_players', 'matches', matches);
end
$$;
