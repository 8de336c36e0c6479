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

  perform keep_revision(report, undo_report.member_id);
  update reports r set
    undone_at = clock_timestamp(), undo_request_id = undo_report.request_id,
    undone_by = undo_report.member_id, revision = r.revision + 1
  where r.guild_id = report.guild_id and r.id = report.id;
  perform settle_player(report.guild_id, report.event_id, report.player_id);
  perform note_deed(guild_id, request_id, member_id, 'undo', report.id);
  update event_archetypes c set report_count = c.report_count - 1
  where c.guild_id = report.guild_id and c.event_id = report.event_id
    and c.archetype_id = report.archetype_id;
  return report_undone(report);
end
$$;
