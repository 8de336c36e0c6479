-- A member's reports in the active event, the newest first: a page of them, and how many there are.
create function scooty.my_reports(
  guild_id bigint, member_id bigint, page bigint, page_size bigint
) returns jsonb
language plpgsql stable security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  event events := active_event(guild_id);
  made integer;
  shown_page bigint;
begin
  if event.id is null then
    return jsonb_build_object('outcome', 'no_active_event');
  end if;
  select count(*) into made from reports r
  where r.guild_id = my_reports.guild_id and r.event_id = event.id
    and r.reporter_id = my_reports.member_id;
  shown_page := least(greatest(page, 0), greatest(made - 1, 0) / page_size);
  return jsonb_build_object(
    'outcome', 'listed',
    'event_name', event.name,
    'page', shown_page,
    'count', made,
    'reports', coalesce((
      select jsonb_agg(m.object order by m.id desc)
      from (
        select r.id, report_object(r) as object from reports r
        where r.guild_id = my_reports.guild_id and r.event_id = event.id
          and r.reporter_id = my_reports.member_id
        order by r.id desc
        limit page_size offset shown_page * page_size
      ) m
    ), '[]')
  );
end
$$;
