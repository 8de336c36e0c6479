-- Let a member watch the first of some players who may be watched: nobody knows what they play, they
-- are not of the team, and nobody watches them. Of one player alone it is said why they may not.
--
-- No event's id stands for the active one, and no other event's players may be watched.
--
-- The player's row of the event is locked before anything is looked at, as by whoever stores a report:
-- of two members one gets the player, and whose report arrives meanwhile is known and not watched.
create function scooty.assign_player(
  guild_id bigint, request_id bigint, member_id bigint, event_id bigint, player_ids jsonb,
  watcher_id bigint, watcher_name text default null, instead boolean default false
) returns jsonb
language plpgsql security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  known jsonb := begin_request(guild_id, request_id);
  event events := event_to_look_in(guild_id, event_id);
  wanted bigint;
  answer jsonb;
begin
  if known is not null then
    return known;
  elsif event.status is distinct from 'active' then
    return jsonb_build_object(
      'outcome', case when event_id is null then 'no_active_event' else 'event_over' end
    );
  end if;

  -- Of several, those that are taken are passed by without being locked: who holds one row may wait
  -- for another then, but only after losing a race for the first.
  for wanted in
    select c.player_id::bigint
    from jsonb_array_elements_text(player_ids) with ordinality as c (player_id, place)
    where jsonb_array_length(player_ids) = 1 or not exists (
      select from event_players e
      left join assignments a using (guild_id, event_id, player_id)
      where e.guild_id = assign_player.guild_id and e.event_id = event.id
        and e.player_id = c.player_id::bigint
        and (e.consensus_report_id is not null or a.player_id is not null)
    )
    order by c.place
  loop
    answer := watch_player(guild_id, event.id, wanted, member_id, watcher_id, watcher_name, instead);
    if answer->>'outcome' = 'assigned' then
      return end_request(
        guild_id, request_id, member_id, 'assign', wanted,
        jsonb_build_object('watcher', watcher_id), answer
      );
    end if;
  end loop;
  return case when jsonb_array_length(player_ids) = 1 then answer
    else jsonb_build_object('outcome', 'nobody_free') end;
end
$$;
