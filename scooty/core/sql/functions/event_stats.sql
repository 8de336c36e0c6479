-- /stats: an event, the active one if no other is asked for, counted by players, each on what their
-- consensus says. A player who was reported and of whom no report counts any more was seen, and is
-- unknown, as is one whom only a roster names. Of one round, only the players count of whom there is
-- a report of that round; they play what they play in the whole event.
create function scooty.event_stats(
  guild_id bigint, event_id bigint default null, round bigint default null
) returns jsonb
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
    with field as materialized (
      select p.guild_id, p.consensus_report_id from event_players p
      where p.guild_id = event_stats.guild_id and p.event_id = event.id
        and (event_stats.round is null or exists (
          select from reports r
          where r.guild_id = p.guild_id and r.event_id = p.event_id and r.player_id = p.player_id
            and r.undone_at is null and r.round = event_stats.round
        ))
    ), known as materialized (
      select c.archetype_guild_id, c.archetype_id
      from field f
      join reports c on c.guild_id = f.guild_id and c.id = f.consensus_report_id
    ), played as (
      select a.name, a.colours, a.display_colour, k.players
      from (
        select archetype_guild_id, archetype_id, count(*) as players from known
        group by archetype_guild_id, archetype_id
      ) k
      join archetypes a on a.guild_id = k.archetype_guild_id and a.id = k.archetype_id
    ), reporters as (
      select s.reporter_id, sum(s.reports) as reports, count(*) as players
      from (
        select r.reporter_id, count(*) as reports from reports r
        where r.guild_id = event_stats.guild_id and r.event_id = event.id
          and r.undone_at is null and r.reporter_id <> 0
          and (event_stats.round is null or r.round = event_stats.round)
        group by r.reporter_id, r.player_id
      ) s
      group by s.reporter_id
    )
    select jsonb_build_object('outcome', 'stats', 'stats', jsonb_build_object(
      'event', event_object(event),
      'seen', (select count(*) from field),
      'archetypes', coalesce((
        select jsonb_agg(
          jsonb_build_object(
            'name', name, 'colours', colours, 'players', players, 'display_colour', display_colour
          )
          order by players desc, name collate "C"
        ) from played
      ), '[]'),
      'scouts', coalesce((
        select jsonb_agg(
          jsonb_build_object('member_id', reporter_id, 'reports', reports, 'players', players)
          order by players desc, reports desc, reporter_id
        ) from reporters
      ), '[]')
    ))
  );
end
$$;
