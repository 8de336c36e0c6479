-- /import: keep reports that were read from a file for 15 minutes, and tell what it would do to the
-- active event to apply them. Nothing else is changed.
create function scooty.keep_report_import(
  guild_id bigint, request_id bigint, member_id bigint, content jsonb
) returns jsonb
language plpgsql security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  event events := active_event(guild_id);
  pending pending_imports;
begin
  if event.id is null then
    return jsonb_build_object('outcome', 'no_active_event');
  end if;
  delete from pending_imports i where i.expires_at < clock_timestamp();
  insert into pending_imports as i (
    guild_id, request_id, kind, content, created_by, expires_at
  ) values (
    keep_report_import.guild_id, keep_report_import.request_id, 'reports',
    keep_report_import.content || jsonb_build_object('event_id', event.id),
    keep_report_import.member_id, clock_timestamp() + interval '15 minutes'
  )
  on conflict (guild_id, request_id) do update set expires_at = i.expires_at
  returning * into pending;
  return report_import_preview(pending, event);
end
$$;
