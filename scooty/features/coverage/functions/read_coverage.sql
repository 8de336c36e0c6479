-- /coverage: who plays in a round, the newest one when none is named, with what is known of them, and
-- who watches whom. Before the first round everybody counts who plays in the event.
--
-- A player is a row, since there may be thousands: id, name, table, seat, opponent, points, place in
-- the standings, whether it is known what they play, who watches them, and whether they are of the
-- team. Nobody needs the names of those who are known.
create function scooty.read_coverage(
  guild_id bigint, event_id bigint default null, round bigint default null
) returns jsonb
language plpgsql stable security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  event events := event_to_look_in(guild_id, event_id);
  newest smallint;
  wanted smallint;
begin
  if event.id is null then
    return no_event_to_look_in(event_id);
  end if;
  newest := current_round(guild_id, event.id);
  select r.number into wanted from rounds r
  where r.guild_id = read_coverage.guild_id and r.event_id = event.id
    and r.number = coalesce(read_coverage.round, newest);
  if wanted is null and read_coverage.round is not null then
    return jsonb_build_object(
      'outcome', 'round_unknown', 'event', event_object(event), 'newest', newest
    );
  end if;

  return jsonb_build_object(
    'outcome', 'coverage', 'event', event_object(event), 'is_active', event.status = 'active',
    'round', wanted,
    'players', (
      select coalesce(jsonb_agg(jsonb_build_array(
        x.player_id, case when e.consensus_report_id is null then p.name end, x.table_number, x.seat,
        x.opponent_id, coalesce(x.points, s.points), s.rank, e.consensus_report_id is not null,
        w.member_id, l.player_id is not null
      ) order by x.player_id), '[]')
      from (
        select g.player_id, g.table_number, g.seat, g.opponent_id, g.points from pairings g
        where g.guild_id = read_coverage.guild_id and g.event_id = event.id and g.round = wanted
        union all
        select e.player_id, null, null, null, null from event_players e
        where e.guild_id = read_coverage.guild_id and e.event_id = event.id and wanted is null
      ) x
      join event_players e on e.guild_id = read_coverage.guild_id and e.event_id = event.id
        and e.player_id = x.player_id
      join players p on p.guild_id = e.guild_id and p.id = e.player_id
      left join standings s on s.guild_id = e.guild_id and s.event_id = e.event_id
        and s.player_id = e.player_id
      left join assignments w on w.guild_id = e.guild_id and w.event_id = e.event_id
        and w.player_id = e.player_id
      left join team_links l on l.guild_id = e.guild_id and l.player_id = e.player_id
    ),
    'team', coverage_team(guild_id, event.id, wanted),
    'watches', watches(guild_id, event.id, wanted)
  );
end
$$;
