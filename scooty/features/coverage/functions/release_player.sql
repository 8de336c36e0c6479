-- Let nobody watch a player any more: whoever does so says it for themselves, a captain for anybody.
create function scooty.release_player(
  guild_id bigint, request_id bigint, member_id bigint, as_captain boolean, event_id bigint,
  player_id bigint
) returns jsonb
language plpgsql security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  known jsonb := begin_request(guild_id, request_id);
  watched assignments;
  told jsonb;
begin
  if known is not null then
    return known;
  end if;
  -- The lock of whoever stores a report or lets somebody watch.
  perform from event_players e
  where e.guild_id = release_player.guild_id and e.event_id = release_player.event_id
    and e.player_id = release_player.player_id
  for no key update;
  select * into watched from assignments a
  where a.guild_id = release_player.guild_id and a.event_id = release_player.event_id
    and a.player_id = release_player.player_id;
  if watched.player_id is null then
    return jsonb_build_object('outcome', 'not_watched');
  end if;
  select jsonb_build_object(
    'player_id', p.id, 'name', p.name, 'member_id', watched.member_id
  ) into told
  from players p
  where p.guild_id = watched.guild_id and p.id = watched.player_id;
  if watched.member_id <> release_player.member_id and not as_captain then
    return told || jsonb_build_object('outcome', 'not_your_assignment');
  end if;

  delete from assignments a
  where a.guild_id = watched.guild_id and a.event_id = watched.event_id
    and a.player_id = watched.player_id;
  return end_request(
    guild_id, request_id, member_id, 'release', watched.player_id,
    jsonb_build_object('watcher', watched.member_id),
    told || jsonb_build_object('outcome', 'released')
  );
end
$$;
