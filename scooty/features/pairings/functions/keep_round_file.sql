-- Keep pairings or standings that were read for 15 minutes, and tell what it would do to apply them.
create function scooty.keep_round_file(
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
    keep_round_file.guild_id, keep_round_file.request_id, keep_round_file.kind,
    keep_round_file.content, keep_round_file.member_id, clock_timestamp() + interval '15 minutes'
  ) on conflict (guild_id, request_id) do nothing;
  return round_file_preview(waiting_round_file(guild_id, member_id, kind, request_id));
end
$$;
