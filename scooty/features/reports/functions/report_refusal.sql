-- Why somebody may not see or change a report in full; null when they may. Captains may with all.
create function scooty_private.report_refusal(
  report scooty_private.reports, member_id bigint, as_captain boolean
) returns jsonb
language sql stable
as $$
  select case
    when report.id is null then jsonb_build_object('outcome', 'report_unknown')
    when not as_captain and report.reporter_id is distinct from member_id
      then jsonb_build_object('outcome', 'not_your_report')
  end;
$$;
