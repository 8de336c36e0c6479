-- Keep what was read from a file for 15 minutes, until it is applied.
create function scooty.keep_import(
  guild_id bigint, request_id bigint, member_id bigint, kind text, content jsonb
) returns jsonb
language plpgsql security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
begin
  delete from pending_imports i where i.expires_at < clock_timestamp();
  insert into pending_imports (guild_id, request_id, kind, content, created_by, expires_at)
  values (
    keep_import.guild_id, keep_import.request_id, keep_import.kind, keep_import.content,
    keep_import.member_id, clock_timestamp() + interval '15 minutes'
  ) on conflict (guild_id, request_id) do nothing;
  return import_kept(guild_id, member_id, kind, request_id);
end
$$;
