-- One report, for its reporter or a captain.
create function scooty.read_report(
  guild_id bigint, report_id bigint, member_id bigint, as_captain boolean
) returns jsonb
language plpgsql stable security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  report reports;
begin
  select * into report from reports r
  where r.guild_id = read_report.guild_id and r.id = read_report.report_id;
  return coalesce(
    report_refusal(report, member_id, as_captain),
    jsonb_build_object('outcome', 'report', 'report', report_object(report))
  );
end
$$;
