-- /stats: the active event counted by players, each on what their consensus says. A player who was
-- reported and of whom no report counts any more was seen, and is unknown.
create function scooty.event_stats(guild_id bigint) returns jsonb
language plpgsql stable security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  event events := active_event(guild_id);
begin
  if event.id is null then
    return jsonb_build_object('outcome', 'no_active_event');
  end if;

  return (
    with known as materialized (
      select c.archetype_guild_id, c.archetype_id
      from event_players p
      join reports c on c.guild_id = p.guild_id and c.id = p.consensus_report_id
      where p.guild_id = event_stats.guild_id and p.event_id = event.id and p.report_count > 0
    ), played as (
      select a.name, a.colours, k.players
      from (
        select archetype_guild_id, archetype_id, count(*) as players from known
        group by archetype_guild_id, archetype_id
      ) k
      join archetypes a on a.guild_id = k.archetype_guild_id and a.id = k.archetype_id
    ), reporters as (
      select r.reporter_id, count(*) as reports, count(distinct r.player_id) as players
      from reports r
      where r.guild_id = event_stats.guild_id and r.event_id = event.id
        and r.undone_at is null and r.reporter_id <> 0
      group by r.reporter_id
    )
    select jsonb_build_object('outcome', 'stats', 'stats', jsonb_build_object(
      'event', event_object(event),
      'seen', (
        select count(*) from event_players p
        where p.guild_id = event_stats.guild_id and p.event_id = event.id
      ),
      'archetypes', coalesce((
        select jsonb_agg(
          jsonb_build_object('name', name, 'colours', colours, 'players', players)
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
