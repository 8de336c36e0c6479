-- An event in brief, counted by players: how many there are, what the known ones play, how many
-- are contested, and how many reports count.
create function scooty_private.field_object(event scooty_private.events) returns jsonb
language sql stable
as $$
  select jsonb_build_object(
    'event', event_object(event),
    'players', count(*),
    'reports', coalesce(sum(p.report_count), 0),
    'conflicts', count(*) filter (where p.is_contested),
    'archetypes', coalesce((
      select jsonb_agg(
        jsonb_build_object('name', a.name, 'colours', a.colours, 'players', k.players)
        order by k.players desc, a.name collate "C"
      )
      from (
        select c.archetype_guild_id, c.archetype_id, count(*) as players
        from event_players q
        join reports c on c.guild_id = q.guild_id and c.id = q.consensus_report_id
        where q.guild_id = event.guild_id and q.event_id = event.id
        group by c.archetype_guild_id, c.archetype_id
      ) k
      join archetypes a on a.guild_id = k.archetype_guild_id and a.id = k.archetype_id
    ), '[]')
  )
  from event_players p
  where p.guild_id = event.guild_id and p.event_id = event.id;
$$;
