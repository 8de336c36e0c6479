-- Give a merged player back what move_rounds took of one event. Whatever was applied, told, assigned
-- or added anew since is the other player's.
create function scooty_private.return_rounds(
  merge scooty_private.player_merges, event_id bigint
) returns void
language plpgsql
as $$
#variable_conflict use_column
declare
  kept_id bigint := merge.kept_player_id;
  own_id bigint := merge.merged_player_id;
begin
  update pairings p set
    player_id = case when p.player_id = kept_id then own_id else p.player_id end,
    opponent_id = case when p.opponent_id = kept_id then own_id else p.opponent_id end
  from jsonb_to_recordset(merge.moved #> '{rounds,pairings}') m (
    event_id bigint, round smallint, at timestamptz
  )
  join rounds r on r.guild_id = merge.guild_id and r.event_id = m.event_id
    and r.number = m.round and r.applied_at = m.at
  where p.guild_id = merge.guild_id and p.event_id = return_rounds.event_id
    and m.event_id = p.event_id and p.round = m.round and kept_id in (p.player_id, p.opponent_id);
  update results r set
    player_id = case when r.player_id = kept_id then own_id else r.player_id end,
    opponent_id = case when r.opponent_id = kept_id then own_id else r.opponent_id end
  from jsonb_to_recordset(merge.moved #> '{rounds,results}') m (
    event_id bigint, round smallint, at timestamptz
  )
  where r.guild_id = merge.guild_id and r.event_id = return_rounds.event_id
    and m.event_id = r.event_id and r.round = m.round and r.told_at = m.at
    and kept_id in (r.player_id, r.opponent_id);
  perform return_rows('standings', 'applied_at', merge, event_id);
  perform return_rows('assignments', 'assigned_at', merge, event_id);
  -- Of the two one was known, so that nobody had to watch the other any more.
  insert into assignments
  select w.* from jsonb_array_elements(merge.moved #> '{rounds,assignments,ended}') g
  cross join jsonb_populate_record(null::assignments, g.value || jsonb_build_object(
    'player_id', case
      when merge.moved #> '{rounds,assignments,moved}'
        @> jsonb_build_array(jsonb_build_object('event_id', return_rounds.event_id)) then own_id
      else kept_id
    end
  )) w
  where w.event_id = return_rounds.event_id
  on conflict (guild_id, event_id, player_id) do nothing;
  perform return_rows('decklists', 'added_at', merge, event_id);
end
$$;
