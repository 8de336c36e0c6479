-- Why two players cannot be merged; null when they can. Whoever was merged is nobody of their own any
-- more, so no chain of merges can lead back to where it began.
create function scooty_private.merge_refused(
  guild_id bigint, kept_player_id bigint, merged_player_id bigint
) returns jsonb
language plpgsql stable
as $$
#variable_conflict use_column
declare
  found_ids bigint[];
  former players;
begin
  found_ids := array(
    select p.id from players p
    where p.guild_id = merge_refused.guild_id
      and p.id in (merge_refused.kept_player_id, merge_refused.merged_player_id)
  );
  if cardinality(found_ids) = 1 and kept_player_id = merged_player_id then
    return jsonb_build_object('outcome', 'same_player');
  elsif cardinality(found_ids) < 2 then
    return jsonb_build_object('outcome', 'player_gone');
  end if;
  select * into former from players p
  where p.guild_id = merge_refused.guild_id and p.id = any (found_ids)
    and p.merged_into is not null
  order by p.id limit 1;
  if not found then
    return two_people(guild_id, kept_player_id, merged_player_id);
  end if;
  return jsonb_build_object('outcome', 'player_merged', 'name', former.name, 'into', (
    select p.name from players p where p.guild_id = former.guild_id and p.id = former.merged_into
  ));
end
$$;
