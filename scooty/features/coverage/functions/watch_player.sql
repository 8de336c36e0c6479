-- Let a member watch a player, or say why not. Who watches in somebody's place is told whose.
create function scooty_private.watch_player(
  guild_id bigint, event_id bigint, player_id bigint, member_id bigint, watcher_id bigint,
  watcher_name text, instead boolean
) returns jsonb
language plpgsql
as $$
#variable_conflict use_column
declare
  playing event_players;
  watched assignments;
  told jsonb;
begin
  select * into playing from event_players e
  where e.guild_id = watch_player.guild_id and e.event_id = watch_player.event_id
    and e.player_id = watch_player.player_id
  for no key update;
  if playing.player_id is null then
    return jsonb_build_object('outcome', 'not_playing');
  end if;
  select jsonb_build_object('player_id', p.id, 'name', p.name) into told from players p
  where p.guild_id = watch_player.guild_id and p.id = watch_player.player_id;
  if playing.consensus_report_id is not null then
    return told || jsonb_build_object('outcome', 'known_already');
  elsif exists (
    select from team_links l
    where l.guild_id = watch_player.guild_id and l.player_id = watch_player.player_id
  ) then
    return told || jsonb_build_object('outcome', 'is_teammate');
  end if;

  select * into watched from assignments a
  where a.guild_id = watch_player.guild_id and a.event_id = watch_player.event_id
    and a.player_id = watch_player.player_id;
  if watched.member_id = watch_player.watcher_id or (found and not watch_player.instead) then
    return told || jsonb_build_object(
      'outcome', 'watched_already', 'event_id', event_id, 'member_id', watched.member_id,
      'since', watched.assigned_at
    );
  end if;
  insert into assignments as a (
    guild_id, event_id, player_id, member_id, member_name, assigned_by
  ) values (
    watch_player.guild_id, watch_player.event_id, watch_player.player_id, watch_player.watcher_id,
    coalesce(watch_player.watcher_name, known_member_name(guild_id, watcher_id)),
    watch_player.member_id
  )
  on conflict (guild_id, event_id, player_id) do update set
    member_id = excluded.member_id, member_name = excluded.member_name,
    assigned_by = excluded.assigned_by, assigned_at = excluded.assigned_at;
  return told || jsonb_build_object(
    'outcome', 'assigned', 'event_id', event_id, 'member_id', watcher_id,
    'instead_of', watched.member_id, 'table_number', (
      select x.table_number from pairings x
      where x.guild_id = watch_player.guild_id and x.event_id = watch_player.event_id
        and x.player_id = watch_player.player_id
        and x.round = current_round(watch_player.guild_id, watch_player.event_id)
    ),
    'watching', (
      select count(*) from assignments a
      where a.guild_id = watch_player.guild_id and a.event_id = watch_player.event_id
        and a.member_id = watch_player.watcher_id
    )
  );
end
$$;
