-- Write down a player's list of an event; returns whose it is, what it counts, and which it replaced.
create function scooty_private.store_decklist(
  event scooty_private.events, content jsonb, member_id bigint
) returns jsonb
language plpgsql
as $$
#variable_conflict use_column
declare
  playing bigint := player_named(
    event.guild_id, content->>'name', content->>'name_key', content->>'word_key'
  );
  replaced jsonb;
begin
  -- Locks the player's row. Whoever has a list in the event plays in it, reported or not.
  insert into event_players as p (guild_id, event_id, player_id, listed_at)
  values (event.guild_id, event.id, playing, clock_timestamp())
  on conflict (guild_id, event_id, player_id)
    do update set listed_at = coalesce(p.listed_at, excluded.listed_at);
  replaced := replaced_decklist(event.guild_id, event.id, playing);
  insert into decklists as d (guild_id, event_id, player_id, main, side, companion, added_by)
  values (
    event.guild_id, event.id, playing, content->'main', content->'side', content->>'companion',
    store_decklist.member_id
  )
  on conflict (guild_id, event_id, player_id) do update set
    main = excluded.main, side = excluded.side, companion = excluded.companion,
    added_by = excluded.added_by, added_at = clock_timestamp();
  return jsonb_build_object(
    'player_id', playing,
    'player', (
      select p.name from players p where p.guild_id = event.guild_id and p.id = playing
    ),
    'event_id', event.id,
    'main', cards_in(content->'main'), 'side', cards_in(content->'side'),
    'replaced', replaced
  );
end
$$;
