-- /team link: say which player a member is. A player whom nobody knows yet is made, so that a team
-- can be linked before anybody else is there. What is paired already is told to nobody afterwards.
create function scooty.link_member(
  guild_id bigint, request_id bigint, member_id bigint, linked_id bigint, linked_name text,
  player_id bigint, name text, name_key text, word_key text
) returns jsonb
language plpgsql security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  known jsonb := begin_request(guild_id, request_id);
  wanted_id bigint := link_member.player_id;
  player players;
  owner_id bigint;
  former text;
begin
  if known is not null then
    return known;
  end if;
  if wanted_id is null then
    wanted_id := player_named(
      link_member.guild_id, link_member.name, link_member.name_key, link_member.word_key
    );
  end if;
  select * into player from players p
  where p.guild_id = link_member.guild_id and p.id = wanted_id and p.merged_into is null
  for update;
  if player.id is null then
    return jsonb_build_object('outcome', 'player_gone');
  end if;
  select l.member_id into owner_id from team_links l
  where l.guild_id = player.guild_id and l.player_id = player.id;
  if owner_id = link_member.linked_id then
    return jsonb_build_object('outcome', 'linked_before', 'name', player.name);
  elsif owner_id is not null then
    return jsonb_build_object(
      'outcome', 'player_taken', 'name', player.name, 'member_id', owner_id
    );
  end if;

  select p.name into former from team_links l
  join players p on p.guild_id = l.guild_id and p.id = l.player_id
  where l.guild_id = player.guild_id and l.member_id = link_member.linked_id;
  insert into team_links (guild_id, member_id, member_name, player_id, linked_by, told)
  values (
    player.guild_id, link_member.linked_id, link_member.linked_name, player.id,
    link_member.member_id, pairing_told(player.guild_id, player.id)
  )
  on conflict (guild_id, member_id) do update set
    member_name = excluded.member_name, player_id = excluded.player_id,
    linked_by = excluded.linked_by, linked_at = clock_timestamp(), told = excluded.told;
  return end_request(
    guild_id, request_id, member_id, 'link', player.id, '{}',
    jsonb_build_object('outcome', 'linked', 'name', player.name, 'former', former)
  );
end
$$;
