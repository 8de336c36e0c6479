-- /event show: what is known of an event, the active one if no other is asked for.
create function scooty.show_event(guild_id bigint, event_id bigint default null) returns jsonb
language plpgsql stable security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  event events := event_to_look_in(guild_id, event_id);
begin
  if event.id is null then
    return no_event_to_look_in(event_id);
  end if;

  return (
    select jsonb_build_object(
      'outcome', 'event', 'event', event_facts(event), 'seen', c.seen, 'known', c.known,
      'listed', c.listed, 'reports', r.reports, 'contributors', r.contributors,
      'rounds', r.rounds, 'first_report_at', r.first_report_at, 'last_report_at', r.last_report_at
    )
    from (
      select count(*) as seen, count(p.consensus_report_id) as known,
        count(p.listed_at) as listed
      from event_players p where p.guild_id = event.guild_id and p.event_id = event.id
    ) c
    cross join (
      select count(*) as reports, count(distinct nullif(r.reporter_id, 0)) as contributors,
        max(r.round) as rounds,
        min(r.reported_at) as first_report_at, max(r.reported_at) as last_report_at
      from reports r
      where r.guild_id = event.guild_id and r.event_id = event.id and r.undone_at is null
    ) r
  );
end
$$;
