-- Why somebody may not change a report: as report_refusal says, or it does not count any more, or it is
-- of another revision than they had seen. Null when they may.
create function scooty_private.change_refusal(
  report scooty_private.reports, member_id bigint, as_captain boolean, revision bigint
) returns jsonb
language plpgsql stable
as $$
declare
  refusal jsonb := report_refusal(report, member_id, as_captain);
begin
  if refusal is not null then
    return refusal;
  elsif report.undone_at is not null then
    return jsonb_build_object('outcome', 'deleted_before', 'report', report_object(report));
  elsif report.revision <> change_refusal.revision then
    return jsonb_build_object('outcome', 'stale', 'report', report_object(report));
  end if;
  return null;
end
$$;
