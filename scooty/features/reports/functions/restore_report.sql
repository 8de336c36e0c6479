-- Let a report count again that was undone or deleted.
create function scooty.restore_report(
  guild_id bigint, request_id bigint, member_id bigint, as_captain boolean, report_id bigint
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
  elsif report.undone_at is null then
    return jsonb_build_object('outcome', 'unchanged', 'report', report_object(report));
  end if;

  -- A repetition of the undoing finds its answer here from now on, and does not undo once more.
  insert into answered_requests (guild_id, request_id, answer)
  values (report.guild_id, report.undo_request_id, report_undone(report))
  on conflict (guild_id, request_id) do nothing;
  perform keep_revision(report, member_id);
  update reports r set
    undone_at = null, undo_request_id = null, undone_by = null, revision = r.revision + 1
  where r.guild_id = report.guild_id and r.id = report.id
  returning * into report;
  perform settle_player(report.guild_id, report.event_id, report.player_id);
  perform shift_archetype_count(
    report.guild_id, report.event_id, null, report.archetype_guild_id, report.archetype_id
  );
  return end_request(
    guild_id, request_id, member_id, 'restore', report.id, '{}',
    report_changed(report, 'restored')
  );
end
$$;
