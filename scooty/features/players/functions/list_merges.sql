-- The merges that stand, newest first, at most 25.
create function scooty.list_merges(guild_id bigint) returns jsonb
language plpgsql stable security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
begin
  return (
    select coalesce(jsonb_agg(jsonb_build_object(
      'merge_id', m.id, 'kept', k.name, 'merged', p.name, 'merged_at', m.merged_at,
      'merged_by', m.merged_by, 'reports', m.moved->'counted'->'reports'
    ) order by m.id desc), '[]')
    from (
      select * from player_merges m
      where m.guild_id = list_merges.guild_id and m.undone_at is null
      order by m.id desc limit 25
    ) m
    join players k on k.guild_id = m.guild_id and k.id = m.kept_player_id
    join players p on p.guild_id = m.guild_id and p.id = m.merged_player_id
  );
end
$$;
