-- /player alias remove: a player is no longer found by a spelling; the last one stays.
create function scooty.remove_player_alias(
  guild_id bigint, request_id bigint, member_id bigint, player_id bigint, name_key text
) returns jsonb
language plpgsql security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  known jsonb := begin_request(guild_id, request_id);
begin
  if known is not null then
    return known;
  end if;
  -- Two removals at once must not take the last two.
  perform from players p
  where p.guild_id = remove_player_alias.guild_id and p.id = remove_player_alias.player_id
  for no key update;
  delete from player_names n
  where n.guild_id = remove_player_alias.guild_id
    and n.player_id = remove_player_alias.player_id
    and n.name_key = remove_player_alias.name_key
    and exists (
      select from player_names o
      where o.guild_id = n.guild_id and o.player_id = n.player_id and o.name_key <> n.name_key
    );
  if not found then
    return jsonb_build_object('outcome', 'alias_gone');
  end if;
  return end_request(
    guild_id, request_id, member_id, 'remove alias', player_id, '{}',
    jsonb_build_object('outcome', 'alias_removed')
  );
end
$$;
