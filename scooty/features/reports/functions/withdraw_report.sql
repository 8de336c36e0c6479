-- Take a report out of all that counts, and write down what it said; it stays stored. Returns it as it
-- is then. For those who hold its player's row (lock_report). The request's id is what a repetition of
-- an undoing is known by, and one report's alone.
create function scooty_private.withdraw_report(
  report scooty_private.reports, member_id bigint, undo_request_id bigint
) returns scooty_private.reports
language plpgsql
as $$
#variable_conflict use_column
declare
  withdrawn reports;
begin
  perform keep_revision(report, member_id);
  update reports r set
    undone_at = clock_timestamp(), undo_request_id = withdraw_report.undo_request_id,
    undone_by = withdraw_report.member_id, revision = r.revision + 1
  where r.guild_id = report.guild_id and r.id = report.id
  returning * into withdrawn;
  perform settle_player(report.guild_id, report.event_id, report.player_id);
  perform shift_archetype_count(
    report.guild_id, report.event_id, report.archetype_id, null, null
  );
  return withdrawn;
end
$$;
