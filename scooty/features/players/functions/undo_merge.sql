-- Undo a merge: everything as it was, but for reports made since, which stay with the kept player.
-- Merges of the same players are undone in the reverse of their order.
create function scooty.undo_merge(
  guild_id bigint, request_id bigint, member_id bigint, merge_id bigint
) returns jsonb
language plpgsql security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  known jsonb := begin_request(guild_id, request_id);
  merge player_merges;
  later_id bigint;
begin
  if known is not null then
    return merge_named(guild_id, known);
  end if;
  -- The players first, as merge_players and forget_player have it.
  perform from players p
  join player_merges m
    on m.guild_id = p.guild_id and p.id in (m.kept_player_id, m.merged_player_id)
  where m.guild_id = undo_merge.guild_id and m.id = undo_merge.merge_id
  order by p.id for update of p;
  select * into merge from player_merges m
  where m.guild_id = undo_merge.guild_id and m.id = undo_merge.merge_id
  for update;
  if merge.id is null or merge.undone_at is not null then
    return jsonb_build_object('outcome', 'merge_gone');
  end if;
  select m.id into later_id from player_merges m
  where m.guild_id = merge.guild_id and m.id > merge.id and m.undone_at is null
    and merge.kept_player_id in (m.kept_player_id, m.merged_player_id)
  order by m.id desc limit 1;
  if found then
    return merge_named(
      guild_id, jsonb_build_object('outcome', 'later_merge', 'merge_id', later_id)
    );
  end if;

  perform return_player(merge);
  update players p set merged_into = null
  where p.guild_id = merge.guild_id and p.id = merge.merged_player_id;
  update player_merges m set undone_at = clock_timestamp()
  where m.guild_id = merge.guild_id and m.id = merge.id;
  return merge_named(guild_id, end_request(
    guild_id, request_id, member_id, 'undo merge', merge.id,
    jsonb_build_object('kept', merge.kept_player_id, 'merged', merge.merged_player_id),
    jsonb_build_object('outcome', 'merge_undone', 'merge_id', merge.id)
  ));
end
$$;
