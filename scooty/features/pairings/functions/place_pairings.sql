-- Put the people of kept pairings on the event's roster and pair them; returns what was done, in
-- numbers. The round's row is locked by the caller.
--
-- Whoever had a table in the round and is replaced, or whose opponent is, loses it: what stays in the
-- round are pairings in which both name each other.
create function scooty_private.place_pairings(
  event scooty_private.events, round smallint, content jsonb, is_whole boolean
) returns jsonb
language plpgsql
as $$
#variable_conflict use_column
declare
  paired_before bigint[];
  seated bigint[];
  created bigint;
  counted jsonb;
begin
  select array_agg(p.player_id) into paired_before from pairings p
  where p.guild_id = event.guild_id and p.event_id = event.id and p.round = place_pairings.round;
  created := place_roster(event.guild_id, event.id, content, paired_before);
  counted := round_file_counts(event, content);

  if paired_before is not null then
    select array_agg(e.player_id) into seated
    from round_file_entries(event.guild_id, content) e where not e.is_left_out;
    delete from pairings p
    where p.guild_id = event.guild_id and p.event_id = event.id and p.round = place_pairings.round
      and (is_whole or p.player_id = any (seated) or p.opponent_id = any (seated));
  end if;

  insert into pairings (
    guild_id, event_id, round, player_id, opponent_id, table_number, seat, points
  )
  with people as materialized (
    select * from round_file_entries(event.guild_id, content) e where not e.is_left_out
  )
  select event.guild_id, event.id, place_pairings.round, e.player_id, o.player_id, e.table_number,
    e.seat, e.points
  from people e
  left join people o on o.lot = e.lot and o.side <> e.side and o.seat is not distinct from e.seat
  order by e.player_id;
  perform tell_results(event, place_pairings.round, content);

  return counted || jsonb_build_object('new_players', created, 'unpaired', (
    select count(*) from unnest(paired_before) before (player_id)
    where not exists (
      select from pairings p
      where p.guild_id = event.guild_id and p.event_id = event.id
        and p.round = place_pairings.round and p.player_id = before.player_id
    )
  ));
end
$$;
