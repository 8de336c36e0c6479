-- Put everybody of a kept roster on the event's; returns how many players are new to the guild.
--
-- Names come first, as in player_named: whoever reports one of them at the same time waits for it or
-- is waited for, and either way there is one player. `also` are players whom no merge may touch either
-- until the transaction ends; all are locked in one order.
create function scooty_private.place_roster(
  guild_id bigint, event_id bigint, content jsonb, also bigint[] default '{}'
) returns bigint
language plpgsql
as $$
#variable_conflict use_column
declare
  created bigint;
begin
  -- No merge of a player who is listed may run meanwhile.
  perform from players p
  where p.guild_id = place_roster.guild_id and p.id in (
    select e.player_id from roster_entries(place_roster.guild_id, content) e
    union all
    select n.player_id from roster_entries(place_roster.guild_id, content) e
    join player_names n on n.guild_id = place_roster.guild_id and n.name_key = e.name_key
    union all
    select unnest(place_roster.also)
  )
  order by p.id for key share;

  insert into player_names (guild_id, name_key, word_key, player_id)
  select place_roster.guild_id, e.name_key, e.word_key, coalesce(
    e.player_id, nextval(pg_get_serial_sequence('scooty_private.players', 'id'))
  )
  from (
    select * from roster_entries(place_roster.guild_id, content) e
    where not exists (
      select from player_names n
      where n.guild_id = place_roster.guild_id and n.name_key = e.name_key
    )
    order by e.name_key
  ) e
  on conflict (guild_id, name_key) do nothing;

  insert into players (guild_id, id, name) overriding system value
  select distinct on (n.player_id) n.guild_id, n.player_id, e.name
  from roster_entries(place_roster.guild_id, content) e
  join player_names n on n.guild_id = place_roster.guild_id and n.name_key = e.name_key
  where not exists (
    select from players p where p.guild_id = n.guild_id and p.id = n.player_id
  );
  get diagnostics created = row_count;

  insert into player_names (guild_id, name_key, word_key, player_id)
  select n.guild_id, e.handle_key, e.handle_word_key, n.player_id
  from roster_entries(place_roster.guild_id, content) e
  join player_names n on n.guild_id = place_roster.guild_id and n.name_key = e.name_key
  where e.handle_key <> ''
  order by e.handle_key
  on conflict (guild_id, name_key) do nothing;

  insert into event_players as t (guild_id, event_id, player_id, listed_at)
  select distinct n.guild_id, place_roster.event_id, n.player_id, transaction_timestamp()
  from roster_entries(place_roster.guild_id, content) e
  join player_names n on n.guild_id = place_roster.guild_id and n.name_key = e.name_key
  -- Round after round nearly everybody is listed already: reports of them need not wait for this.
  where not exists (
    select from event_players x
    where x.guild_id = n.guild_id and x.event_id = place_roster.event_id
      and x.player_id = n.player_id and x.listed_at is not null
  )
  order by n.player_id
  on conflict (guild_id, event_id, player_id)
    do update set listed_at = excluded.listed_at where t.listed_at is null;
  return created;
end
$$;
