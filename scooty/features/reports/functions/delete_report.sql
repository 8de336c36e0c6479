-- Take a report out of all that counts. It stays stored, and can be restored.
create function scooty.delete_report(
  guild_id bigint, request_id bigint, member_id bigint, as_captain boolean, report_id bigint,
  revision bigint
) returns jsonb
language plpgsql security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  known jsonb := begin_request(guild_id, request_id);
  refusal jsonb;
  report reports;
begin
  if known is not null then
    return known;
  end if;
  report := lock_report(guild_id, report_id);
  refusal := change_refusal(report, member_id, as_captain, revision);
  if refusal is not null then
    return refusal;
  end if;

  report := withdraw_report(report, member_id, request_id);
  return end_request(
    guild_id, request_id, member_id, 'delete', report.id, '{}', report_changed(report, 'deleted')
  );
end
$$;
