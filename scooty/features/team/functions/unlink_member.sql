-- /team unlink: a member is nobody among the players any more.
create function scooty.unlink_member(
  guild_id bigint, request_id bigint, member_id bigint, linked_id bigint
) returns jsonb
language plpgsql security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  known jsonb := begin_request(guild_id, request_id);
  former_id bigint;
begin
  if known is not null then
    return known;
  end if;
  delete from team_links l
  where l.guild_id = unlink_member.guild_id and l.member_id = unlink_member.linked_id
  returning l.player_id into former_id;
  if former_id is null then
    return jsonb_build_object('outcome', 'not_linked');
  end if;
  return end_request(
    guild_id, request_id, member_id, 'unlink', former_id, '{}',
    jsonb_build_object('outcome', 'unlinked', 'name', (
      select p.name from players p
      where p.guild_id = unlink_member.guild_id and p.id = former_id
    ))
  );
end
$$;
