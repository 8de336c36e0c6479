-- My opponent: whom a member plays in the newest round of the active event, or in an earlier one, and
-- all that the team knows of them.
create function scooty.my_opponent(guild_id bigint, member_id bigint, round bigint default null)
returns jsonb
language plpgsql stable security definer
set search_path = scooty_private, extensions, pg_temp
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
declare
  event events := active_event(guild_id);
  link team_links;
  newest smallint;
  own pairings;
  place jsonb;
  facing jsonb;
  teammate_id bigint;
begin
  if event.id is null then
    return jsonb_build_object('outcome', 'no_active_event');
  end if;
  select * into link from team_links l
  where l.guild_id = my_opponent.guild_id and l.member_id = my_opponent.member_id;
  if link.member_id is null then
    return jsonb_build_object('outcome', 'not_linked');
  end if;

  newest := current_round(guild_id, event.id);
  if newest is null or my_opponent.round is not null and not exists (
    select from rounds r where r.guild_id = event.guild_id and r.event_id = event.id
      and r.number = my_opponent.round
  ) then
    return jsonb_build_object(
      'outcome', 'no_round', 'event', event.name, 'round', my_opponent.round, 'newest', newest
    );
  end if;
  select * into own from pairings p
  where p.guild_id = event.guild_id and p.event_id = event.id
    and p.round = coalesce(my_opponent.round, newest) and p.player_id = link.player_id;
  place := jsonb_build_object(
    'event', event_object(event), 'round', coalesce(my_opponent.round, newest), 'newest', newest,
    'player', (
      select p.name from players p where p.guild_id = link.guild_id and p.id = link.player_id
    ),
    'table', own.table_number, 'seat', own.seat
  );
  if own.player_id is null then
    return jsonb_build_object('outcome', 'not_paired', 'place', place);
  elsif own.opponent_id is null then
    return jsonb_build_object('outcome', 'bye', 'place', place);
  end if;

  select jsonb_build_object('player_id', p.id, 'name', p.name, 'points', theirs.points)
  into facing
  from players p
  left join pairings theirs on theirs.guild_id = p.guild_id and theirs.event_id = own.event_id
    and theirs.round = own.round and theirs.player_id = p.id
  where p.guild_id = own.guild_id and p.id = own.opponent_id;
  select l.member_id into teammate_id from team_links l
  where l.guild_id = own.guild_id and l.player_id = own.opponent_id;
  if teammate_id is not null then
    return jsonb_build_object(
      'outcome', 'teammate', 'place', place, 'facing', facing, 'member_id', teammate_id
    );
  elsif event.phase = 'draft' then
    return jsonb_build_object('outcome', 'drafting', 'place', place, 'facing', facing);
  end if;
  return jsonb_build_object(
    'outcome', 'opponent', 'place', place, 'facing', facing,
    'card', player_card(guild_id, event, own.opponent_id),
    'elsewhere', known_elsewhere(guild_id, event.id, own.opponent_id),
    'meetings', team_meetings(guild_id, event.id, own.round, own.opponent_id)
  );
end
$$;
