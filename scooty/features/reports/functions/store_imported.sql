-- Store what of an import is not there yet; returns what was done, in numbers.
--
-- Locks are taken in the order in which a roster and a single report take them: players, names,
-- the event's players, archetypes; each kind in the order of its key.
create function scooty_private.store_imported(event scooty_private.events, content jsonb)
returns jsonb
language plpgsql
as $$
#variable_conflict use_column
declare
  moment timestamptz;
  found_count integer;
  unknown_count integer;
  created_count integer;
  stored_count integer;
  player_ids bigint[];
begin
  -- No merge of a player who is reported may run meanwhile.
  perform from players p
  where p.guild_id = event.guild_id and p.id in (
    select f.player_id from imported_reports(event.guild_id, event.id, content) f
    where f.archetype_id is not null
  )
  order by p.id for key share;

  select count(*), count(*) filter (where f.archetype_id is null),
    count(distinct f.name_key) filter (where f.player_id is null and f.archetype_id is not null)
  into found_count, unknown_count, created_count
  from imported_reports(event.guild_id, event.id, content) f;

  -- Of two spellings of a new name, the first in the file is the player's.
  select array_agg(distinct n.player_id) into player_ids
  from (
    select player_named(
      event.guild_id, f.entry->>'name', f.name_key, f.entry->>'word_key'
    ) as player_id
    from (
      select distinct on (i.name_key) i.name_key, i.entry
      from imported_reports(event.guild_id, event.id, content) i
      where i.archetype_id is not null
      order by i.name_key, i.place
    ) f
  ) n;

  -- Locks the players' rows: from here on, nobody else writes reports of them.
  insert into event_players as p (guild_id, event_id, player_id)
  select event.guild_id, event.id, u.id from unnest(player_ids) u (id) order by u.id
  on conflict (guild_id, event_id, player_id) do update set report_count = p.report_count;

  moment := clock_timestamp();
  with stored as (
    insert into reports (
      guild_id, id, event_id, player_id, archetype_guild_id, archetype_id, comment, reporter_id,
      reporter_name, reported_at, request_id, round, table_number, colours, companion, key_cards,
      sideboard, play_pattern, variant, source, confidence
    )
    overriding system value
    -- No request made it, so its own id stands in its place: others are never negative.
    select event.guild_id, f.id, event.id, f.player_id, f.archetype_guild_id, f.archetype_id,
      f.entry->>'comment', (f.entry->>'reporter_id')::bigint, f.entry->>'reporter_name',
      least((f.entry->>'reported_at')::timestamptz, moment), -f.id,
      (f.entry->>'round')::smallint, (f.entry->>'table_number')::integer, f.entry->>'colours',
      f.entry->>'companion', f.entry->>'key_cards', f.entry->>'sideboard',
      f.entry->>'play_pattern', f.entry->>'variant', f.entry->>'source', f.entry->>'confidence'
    from (
      select i.*, nextval(pg_get_serial_sequence('scooty_private.reports', 'id')) as id
      from (
        select * from imported_reports(event.guild_id, event.id, content) n
        where n.archetype_id is not null and not n.is_there
        order by n.place
      ) i
    ) f
    returning player_id, archetype_guild_id, archetype_id
  ), counted as (
    insert into event_archetypes as c (
      guild_id, event_id, archetype_guild_id, archetype_id, report_count
    )
    select event.guild_id, event.id, s.archetype_guild_id, s.archetype_id, count(*)
    from stored s
    group by s.archetype_guild_id, s.archetype_id
    order by s.archetype_id
    on conflict (guild_id, event_id, archetype_id)
      do update set report_count = c.report_count + excluded.report_count
  )
  select count(*), array_agg(distinct s.player_id) into stored_count, player_ids from stored s;
  perform settle_player(event.guild_id, event.id, u.id) from unnest(player_ids) u (id);

  return jsonb_build_object(
    'reports', stored_count, 'players', coalesce(cardinality(player_ids), 0),
    'created', created_count, 'known', found_count - unknown_count - stored_count,
    'left_out', unknown_count
  );
end
$$;
