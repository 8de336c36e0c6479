-- Replace mine: withdraw a member's earlier reports of the player of a report of theirs that name
-- another archetype in the same event. They stay stored, no longer count, and can be restored.
create function scooty.replace_own_reports(
  guild_id bigint, request_id bigint, member_id bigint, report_id bigint
) returns jsonb
language plpgsql security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  known jsonb := begin_request(guild_id, request_id);
  event events;
  report reports;
  earlier reports;
  withdrawn integer := 0;
begin
  if known is not null then
    return known;
  end if;
  report := lock_report(guild_id, report_id);
  if report.id is null or report.undone_at is not null then
    return jsonb_build_object('outcome', 'report_gone');
  elsif report.reporter_id <> replace_own_reports.member_id then
    return jsonb_build_object('outcome', 'not_your_report');
  end if;

  -- By archetype, since that is the order in which their counts are locked everywhere.
  for earlier in
    select r.* from reports r
    where r.guild_id = report.guild_id and r.event_id = report.event_id
      and r.player_id = report.player_id and r.reporter_id = report.reporter_id
      and r.id < report.id and r.undone_at is null and r.archetype_id <> report.archetype_id
    order by r.archetype_id, r.id
  loop
    -- One request withdraws several, and an undo_request_id is one report's alone: here its own id,
    -- negated, which no interaction has.
    perform withdraw_report(earlier, member_id, -earlier.id);
    withdrawn := withdrawn + 1;
  end loop;
  select * into event from events e where e.guild_id = report.guild_id and e.id = report.event_id;
  return end_request(
    guild_id, request_id, member_id, 'replace', report.id,
    jsonb_build_object('withdrawn', withdrawn),
    jsonb_build_object(
      'outcome', 'replaced', 'report_id', report.id, 'withdrawn', withdrawn,
      'card', player_card(report.guild_id, event, report.player_id)
    )
  );
end
$$;
