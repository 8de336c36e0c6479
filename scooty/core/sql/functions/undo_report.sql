-- Withdraw one's own report. It stays stored, and no longer counts.
create function scooty.undo_report(
  guild_id bigint, request_id bigint, report_id bigint, member_id bigint
) returns jsonb
language plpgsql security definer
set search_path = scooty_private, extensions, pg_temp
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
declare
  report reports := lock_report(guild_id, report_id);
  known jsonb;
begin
  -- What this request was answered before the report was restored.
  select a.answer into known from answered_requests a
  where a.guild_id = undo_report.guild_id and a.request_id = undo_report.request_id;
  if found then
    return known;
  end if;
  if report.undone_at is not null and report.undo_request_id = undo_report.request_id then
    return report_undone(report);
  elsif report.id is null or report.undone_at is not null then
    return jsonb_build_object('outcome', 'report_gone');
  elsif report.reporter_id <> undo_report.member_id then
    return jsonb_build_object('outcome', 'not_your_report');
  end if;

  perform withdraw_report(report, member_id, request_id);
  perform note_deed(guild_id, request_id, member_id, 'undo', report.id);
  return report_undone(report);
end
$$;
