-- Keep what a report says before it is changed. The caller changes it and raises its revision.
create function scooty_private.keep_revision(report scooty_private.reports, member_id bigint)
returns void
language plpgsql
as $$
begin
  insert into report_revisions (guild_id, report_id, revision, content, changed_by)
  values (
    report.guild_id, report.id, report.revision, report_content(report), keep_revision.member_id
  );
end
$$;
