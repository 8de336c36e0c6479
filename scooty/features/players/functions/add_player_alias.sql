-- /player alias: another spelling by which a player is found.
create function scooty.add_player_alias(
  guild_id bigint, request_id bigint, member_id bigint, player_id bigint, name_key text,
  word_key text, platform text
) returns jsonb
language plpgsql security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  known jsonb := begin_request(guild_id, request_id);
  owner_id bigint;
begin
  if known is not null then
    return known;
  end if;
  perform from players p
  where p.guild_id = add_player_alias.guild_id and p.id = add_player_alias.player_id
    and p.merged_into is null
  for key share;
  if not found then
    return jsonb_build_object('outcome', 'player_gone');
  end if;
  insert into player_names (guild_id, name_key, word_key, player_id, platform)
  values (
    add_player_alias.guild_id, add_player_alias.name_key, add_player_alias.word_key,
    add_player_alias.player_id, add_player_alias.platform
  ) on conflict (guild_id, name_key) do nothing;
  if found then
    return end_request(
      guild_id, request_id, member_id, 'add alias', player_id, '{}',
      jsonb_build_object('outcome', 'alias_added')
    );
  end if;
  select n.player_id into strict owner_id from player_names n
  where n.guild_id = add_player_alias.guild_id and n.name_key = add_player_alias.name_key;
  if owner_id = player_id then
    return jsonb_build_object('outcome', 'alias_known');
  end if;
  return jsonb_build_object('outcome', 'alias_taken', 'name', (
    select p.name from players p
    where p.guild_id = add_player_alias.guild_id and p.id = owner_id
  ));
end
$$;
