-- What one member has contributed, by event, the newest first: reports that count, players they are
-- of, the last one, and of how many players the team believes what the member reported last.
create function scooty.scouting_profile(guild_id bigint, member_id bigint) returns jsonb
language sql stable security definer
set search_path = scooty_private, extensions, pg_temp
as $$
  with own as (
    select r.event_id, r.player_id, r.archetype_id, r.reported_at,
      row_number() over (partition by r.event_id, r.player_id order by r.id desc) as age
    from reports r
    where r.guild_id = scouting_profile.guild_id
      and r.reporter_id = scouting_profile.member_id and r.undone_at is null
  ), by_event as (
    select o.event_id, count(*) as reports, count(distinct o.player_id) as players,
      max(o.reported_at) as last_reported_at,
      count(*) filter (where o.age = 1 and c.archetype_id = o.archetype_id) as agreeing
    from own o
    join event_players p on p.guild_id = scouting_profile.guild_id
      and p.event_id = o.event_id and p.player_id = o.player_id
    left join reports c on c.guild_id = p.guild_id and c.id = p.consensus_report_id
    group by o.event_id
  ), shown as (
    select * from by_event order by event_id desc limit 10
  )
  select jsonb_build_object(
    'outcome', 'profile',
    'reports', (select coalesce(sum(reports), 0) from by_event),
    'event_count', (select count(*) from by_event),
    'events', coalesce((
      select jsonb_agg(jsonb_build_object(
        'event', event_object(e), 'reports', s.reports, 'players', s.players,
        'last_reported_at', s.last_reported_at, 'agreeing', s.agreeing
      ) order by e.id desc)
      from shown s
      join events e on e.guild_id = scouting_profile.guild_id and e.id = s.event_id
    ), '[]')
  );
$$;
