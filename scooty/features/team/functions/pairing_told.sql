-- What a player's pairing in the newest round of the active event comes to, in ids; null when there
-- is none. A member who was told it need not be told it again.
create function scooty_private.pairing_told(guild_id bigint, player_id bigint) returns text
language sql stable
as $$
  select concat_ws(
    ':', p.event_id, p.round, coalesce(p.opponent_id, 0), coalesce(p.table_number, 0)
  )
  from events e
  join pairings p on p.guild_id = e.guild_id and p.event_id = e.id
    and p.round = current_round(e.guild_id, e.id) and p.player_id = pairing_told.player_id
  where e.guild_id = pairing_told.guild_id and e.status = 'active';
$$;
