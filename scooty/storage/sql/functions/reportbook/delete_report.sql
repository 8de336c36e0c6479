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
  refusal := report_refusal(report, member_id, as_captain);
  if refusal is not null then
    return refusal;
  elsif report.undone_at is not null then
    return jsonb_build_object('outcome', 'deleted_before', 'report', report_object(report));
  elsif report.revision <> delete_report.revision then
    return jsonb_build_object('outcome', 'stale', 'report', report_object(report));
  end if;

  perform keep_revision(report, member_id);
  update reports r set
    undone_at = clock_timestamp(), undo_request_id = delete_report.request_id,
    undone_by = delete_report.member_id, revision = r.revision + 1
  where r.guild_id = report.guild_id and r.id = report.id
  returning * into report;
  perform settle_player(report.guild_id, report.event_id, report.player_id);
  perform shift_archetype_count(
    report.guild_id, report.event_id, report.archetype_id, null, null
  );
  return end_request(
    guild_id, request_id, member_id, 'delete', report.id, '{}', report_changed(report, 'deleted')
  );
end
$$;
