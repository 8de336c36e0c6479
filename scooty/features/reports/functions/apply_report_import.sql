-- Store the reports of a kept import in the event that it was previewed for, and forget it: in one
-- transaction. Reports that are there already, and those of unknown archetypes, are left out.
create function scooty.apply_report_import(
  guild_id bigint, request_id bigint, member_id bigint, import_id bigint
) returns jsonb
language plpgsql security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  known jsonb := begin_request(guild_id, request_id);
  pending pending_imports;
  event events;
  counted jsonb;
begin
  if known is not null then
    return known;
  end if;
  select * into pending from pending_imports i
  where i.guild_id = apply_report_import.guild_id
    and i.request_id = apply_report_import.import_id
    and i.created_by = apply_report_import.member_id and i.kind = 'reports'
    and i.expires_at > clock_timestamp()
  for update;
  if pending.request_id is null then
    return jsonb_build_object('outcome', 'import_gone');
  end if;
  select * into event from events e
  where e.guild_id = pending.guild_id and e.id = (pending.content->>'event_id')::bigint;
  if event.status is distinct from 'active' then
    return jsonb_build_object('outcome', 'event_over', 'event', event.name);
  end if;

  delete from pending_imports i
  where i.guild_id = pending.guild_id and i.request_id = pending.request_id;
  perform hold_archetypes(event.guild_id);
  counted := store_imported(event, pending.content) || jsonb_build_object('event', event.name);
  return end_request(
    guild_id, request_id, member_id, 'import', event.id, counted,
    counted || jsonb_build_object('outcome', 'reports_imported')
  );
end
$$;
