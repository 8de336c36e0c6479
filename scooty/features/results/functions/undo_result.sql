-- The button under a result that was told: take it back, and put back what it had replaced. Not when
-- somebody has told it anew since.
create function scooty.undo_result(
  guild_id bigint, request_id bigint, member_id bigint, as_captain boolean, told_request_id bigint
) returns jsonb
language plpgsql security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  known jsonb := begin_request(guild_id, request_id);
  told jsonb;
  replaced jsonb;
  kept results;
  answer jsonb;
begin
  if known is not null then
    return known;
  end if;
  select a.answer into told from answered_requests a
  where a.guild_id = undo_result.guild_id and a.request_id = undo_result.told_request_id
    and a.answer->>'outcome' = 'result_told';
  replaced := nullif(told->'replaced', 'null');
  told := told->'told';
  select * into kept from results r
  where r.guild_id = undo_result.guild_id and r.event_id = (told->>'event_id')::bigint
    and r.round = (told->>'round')::smallint and r.player_id = (told->>'player_id')::bigint
    and r.told_at = (told->>'told_at')::timestamptz
  for update;
  if not found then
    return jsonb_build_object('outcome', 'result_gone');
  elsif kept.told_by is distinct from undo_result.member_id and not as_captain then
    return jsonb_build_object('outcome', 'not_your_result');
  end if;

  -- Whoever was erased since is not put back.
  if replaced is not null and exists (
    select from event_players p
    where p.guild_id = kept.guild_id and p.event_id = kept.event_id
      and p.player_id = (replaced->>'opponent_id')::bigint
  ) then
    update results r set
      opponent_id = (replaced->>'opponent_id')::bigint, outcome = replaced->>'result',
      games_won = (replaced->>'games_won')::smallint,
      games_lost = (replaced->>'games_lost')::smallint,
      games_drawn = (replaced->>'games_drawn')::smallint,
      told_by = case when not (replaced->>'is_of_a_file')::boolean then undo_result.member_id end,
      told_at = clock_timestamp()
    where r.guild_id = kept.guild_id and r.event_id = kept.event_id and r.round = kept.round
      and r.player_id = kept.player_id;
  else
    replaced := null;
    delete from results r
    where r.guild_id = kept.guild_id and r.event_id = kept.event_id and r.round = kept.round
      and r.player_id = kept.player_id;
  end if;
  answer := jsonb_build_object('outcome', 'result_undone', 'told', told, 'replaced', replaced);
  return end_request(
    guild_id, request_id, member_id, 'result undo', kept.player_id,
    jsonb_build_object('round', kept.round), answer
  );
end
$$;
