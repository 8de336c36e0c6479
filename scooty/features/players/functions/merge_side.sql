-- One of two players who may be merged.
create function scooty_private.merge_side(guild_id bigint, player_id bigint) returns jsonb
language plpgsql stable
as $$
#variable_conflict use_column
begin
  return guild_players(guild_id, array[player_id])->0 || jsonb_build_object('name_keys', (
    select coalesce(jsonb_agg(n.name_key order by n.name_key), '[]') from player_names n
    where n.guild_id = merge_side.guild_id and n.player_id = merge_side.player_id
  ));
end
$$;
