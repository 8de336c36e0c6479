-- Who a player of an event is, in a line: name, points, place, deck, and who of the team watches.
create function scooty_private.brief_deck(guild_id bigint, event_id bigint, player_id bigint)
returns jsonb
language sql stable
as $$
  select jsonb_build_object(
    'player_id', p.id, 'name', p.name, 'archetype', a.name, 'colours', a.colours,
    'confidence', e.consensus_confidence, 'is_contested', e.is_contested,
    'watched_by', w.member_id
  )
  from event_players e
  join players p on p.guild_id = e.guild_id and p.id = e.player_id
  left join reports r on r.guild_id = e.guild_id and r.id = e.consensus_report_id
  left join archetypes a on a.guild_id = r.archetype_guild_id and a.id = r.archetype_id
  left join assignments w on w.guild_id = e.guild_id and w.event_id = e.event_id
    and w.player_id = e.player_id
  where e.guild_id = brief_deck.guild_id and e.event_id = brief_deck.event_id
    and e.player_id = brief_deck.player_id;
$$;
