-- What there is to know before a list that waits is applied: whether its player is known, what they
-- were said to play, and which list it would take the place of.
create function scooty_private.decklist_kept(
  pending scooty_private.pending_imports, event scooty_private.events
) returns jsonb
language plpgsql stable
as $$
#variable_conflict use_column
declare
  player players;
begin
  select p.* into player from player_names n
  join players p on p.guild_id = n.guild_id and p.id = n.player_id
  where n.guild_id = pending.guild_id and n.name_key = pending.content->>'name_key';
  return jsonb_build_object(
    'outcome', 'decklist_kept', 'import_id', pending.request_id, 'expires_at', pending.expires_at,
    'event', event.name, 'format', event.format, 'player', player.name,
    'alike', case when player.id is null then (
      select coalesce(jsonb_agg(alike.player->'name' order by alike.place), '[]')
      from jsonb_array_elements(guild_players(
        pending.guild_id, alike_players(pending.guild_id, pending.content->>'name_key', 3)
      )) with ordinality alike (player, place)
    ) else '[]' end,
    'archetype', (
      select a.name from consensus_report(event.guild_id, event.id, player.id) r
      join archetypes a on a.guild_id = r.archetype_guild_id and a.id = r.archetype_id
    ),
    'replaced', replaced_decklist(event.guild_id, event.id, player.id)
  );
end
$$;
