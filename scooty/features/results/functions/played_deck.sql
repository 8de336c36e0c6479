-- What a player plays in an event by consensus; null while nobody knows.
create function scooty_private.played_deck(guild_id bigint, event_id bigint, player_id bigint)
returns jsonb
language sql stable
as $$
  select jsonb_build_object('name', a.name, 'colours', a.colours)
  from consensus_report(played_deck.guild_id, played_deck.event_id, played_deck.player_id) r
  join archetypes a on a.guild_id = r.archetype_guild_id and a.id = r.archetype_id;
$$;
