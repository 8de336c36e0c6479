-- /player merge: one player becomes another one's name. Names, appearances and reports change hands
-- in one transaction; what did is written down, so that it can be undone.
create function scooty.merge_players(
  guild_id bigint, request_id bigint, member_id bigint, kept_player_id bigint,
  merged_player_id bigint
) returns jsonb
language plpgsql security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  known jsonb := begin_request(guild_id, request_id);
  refused jsonb;
  moved jsonb;
  counted jsonb;
  merge_id bigint;
begin
  if known is not null then
    return merge_named(guild_id, known);
  end if;
  perform from players p
  where p.guild_id = merge_players.guild_id
    and p.id in (merge_players.kept_player_id, merge_players.merged_player_id)
  order by p.id for update;
  -- Nobody is paired, and no result told, while it is looked at whether they sit in one round.
  perform from event_players p
  where p.guild_id = merge_players.guild_id
    and p.player_id in (merge_players.kept_player_id, merge_players.merged_player_id)
  order by p.event_id, p.player_id for update;
  refused := merge_refused(guild_id, kept_player_id, merged_player_id);
  if refused is not null then
    return refused;
  end if;

  counted := jsonb_build_object('reports', (
    select coalesce(sum(e.report_count), 0) from event_players e
    where e.guild_id = merge_players.guild_id and e.player_id = merge_players.merged_player_id
  ));
  moved := move_player(guild_id, merged_player_id, kept_player_id);
  counted := counted || jsonb_build_object('events', jsonb_array_length(moved->'events'));
  update players p set merged_into = merge_players.kept_player_id
  where p.guild_id = merge_players.guild_id and p.id = merge_players.merged_player_id;
  insert into player_merges (guild_id, kept_player_id, merged_player_id, moved, merged_by)
  values (
    merge_players.guild_id, merge_players.kept_player_id, merge_players.merged_player_id,
    jsonb_set(moved, '{counted}', counted), merge_players.member_id
  ) returning id into merge_id;
  return merge_named(guild_id, end_request(
    guild_id, request_id, member_id, 'merge players', merge_id,
    counted || jsonb_build_object('kept', kept_player_id, 'merged', merged_player_id),
    counted || jsonb_build_object('outcome', 'merged', 'merge_id', merge_id)
  ));
end
$$;
