-- The card of the player and the event that a report is of, with the reports after some that are
-- newer: the buttons under a card. The report itself need not count any more.
create function scooty.card_of_report(guild_id bigint, report_id bigint, skipped bigint)
returns jsonb
language plpgsql stable security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  report reports;
  event events;
  card jsonb;
begin
  select * into report from reports r
  where r.guild_id = card_of_report.guild_id and r.id = card_of_report.report_id;
  select * into event from events e where e.guild_id = report.guild_id and e.id = report.event_id;
  card := player_card(report.guild_id, event, report.player_id, skipped => card_of_report.skipped);
  if card is null then
    return jsonb_build_object('outcome', 'nobody_found');
  end if;
  return jsonb_build_object('outcome', 'found', 'card', card);
end
$$;
