-- A report's changes, the newest first: what it said before and after each, by whom, when. A page of
-- them, and how many there are.
create function scooty.report_history(
  guild_id bigint, report_id bigint, member_id bigint, as_captain boolean, page bigint,
  page_size bigint
) returns jsonb
language plpgsql stable security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  report reports;
  changes integer;
  shown_page bigint;
begin
  select * into report from reports r
  where r.guild_id = report_history.guild_id and r.id = report_history.report_id;
  if report_refusal(report, member_id, as_captain) is not null then
    return report_refusal(report, member_id, as_captain);
  end if;
  select count(*) into changes from report_revisions v
  where v.guild_id = report.guild_id and v.report_id = report.id;
  shown_page := least(greatest(page, 0), greatest(changes - 1, 0) / page_size);
  return jsonb_build_object(
    'outcome', 'history',
    'report', report_object(report),
    'page', shown_page,
    'count', changes,
    'first', coalesce(
      (
        select v.content from report_revisions v
        where v.guild_id = report.guild_id and v.report_id = report.id
        order by v.revision limit 1
      ),
      report_content(report)
    ),
    'changes', coalesce((
      select jsonb_agg(jsonb_build_object(
        'revision', c.revision + 1, 'changed_by', c.changed_by, 'changed_at', c.changed_at,
        'before', c.content, 'after', coalesce(
          (
            select v.content from report_revisions v
            where v.guild_id = report.guild_id and v.report_id = report.id
              and v.revision > c.revision
            order by v.revision limit 1
          ),
          report_content(report)
        )
      ) order by c.revision desc)
      from (
        select * from report_revisions v
        where v.guild_id = report.guild_id and v.report_id = report.id
        order by v.revision desc
        limit page_size offset shown_page * page_size
      ) c
    ), '[]')
  );
end
$$;
