-- An answer about a merge with the names of the two, which no kept answer holds: it would outlive
-- their erasure.
create function scooty_private.merge_named(guild_id bigint, answer jsonb) returns jsonb
language plpgsql stable
as $$
#variable_conflict use_column
begin
  return answer || coalesce((
    select jsonb_build_object('kept', k.name, 'merged', p.name)
    from player_merges m
    join players k on k.guild_id = m.guild_id and k.id = m.kept_player_id
    join players p on p.guild_id = m.guild_id and p.id = m.merged_player_id
    where m.guild_id = merge_named.guild_id and m.id = (answer->>'merge_id')::bigint
  ), jsonb_build_object('kept', '', 'merged', ''));
end
$$;
