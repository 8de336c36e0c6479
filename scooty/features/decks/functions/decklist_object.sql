-- A list with whose it is, what they are said to play, and who added it.
create function scooty_private.decklist_object(event scooty_private.events, player_id bigint)
returns jsonb
language sql stable
as $$
  select jsonb_build_object(
    'outcome', 'decklist', 'player_id', d.player_id, 'player', p.name, 'event_id', event.id,
    'event', event.name, 'phase', case when event.status = 'active' then event.phase end,
    'main', d.main, 'side', d.side, 'companion', d.companion, 'added_by', d.added_by,
    'added_at', d.added_at, 'archetype', a.name, 'colours', a.colours,
    'confidence', e.consensus_confidence
  )
  from decklists d
  join players p on p.guild_id = d.guild_id and p.id = d.player_id
  join event_players e on e.guild_id = d.guild_id and e.event_id = d.event_id
    and e.player_id = d.player_id
  left join lateral (
    select a.name, a.colours from consensus_report(d.guild_id, d.event_id, d.player_id) r
    join archetypes a on a.guild_id = r.archetype_guild_id and a.id = r.archetype_id
  ) a on true
  where d.guild_id = event.guild_id and d.event_id = event.id
    and d.player_id = decklist_object.player_id;
$$;
