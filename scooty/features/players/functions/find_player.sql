-- The player who is meant: by id, else by name, else by the same words in another order if only one
-- has them. Whoever is only alike is a candidate, and nobody's guess.
create function scooty.find_player(
  guild_id bigint, player_id bigint, name_key text, word_key text
) returns jsonb
language plpgsql stable security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  player players;
  player_ids bigint[];
begin
  select * into player from players p
  where p.guild_id = find_player.guild_id and p.id = find_player.player_id;
  if player.id is null then
    player_ids := array(
      select n.player_id from player_names n
      where n.guild_id = find_player.guild_id and n.name_key = find_player.name_key
    );
    if cardinality(player_ids) = 0 then
      player_ids := array(
        select distinct n.player_id from player_names n
        where n.guild_id = find_player.guild_id and n.word_key = find_player.word_key
      );
    end if;
    if cardinality(player_ids) = 1 then
      select * into player from players p
      where p.guild_id = find_player.guild_id and p.id = player_ids[1];
    end if;
  end if;

  if player.merged_into is not null then
    return jsonb_build_object('outcome', 'player_merged', 'name', player.name, 'into', (
      select p.name from players p where p.guild_id = player.guild_id and p.id = player.merged_into
    ));
  elsif player.id is not null then
    return jsonb_build_object(
      'outcome', 'player', 'player_id', player.id, 'name', player.name, 'name_keys', (
        select coalesce(jsonb_agg(n.name_key order by n.name_key), '[]') from player_names n
        where n.guild_id = player.guild_id and n.player_id = player.id
      )
    );
  end if;
  if cardinality(player_ids) = 0 then
    player_ids := alike_players(guild_id, name_key, 10);
  end if;
  return jsonb_build_object(
    'outcome', 'nobody_certain', 'candidates', guild_players(guild_id, player_ids)
  );
end
$$;
