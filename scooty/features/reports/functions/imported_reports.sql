-- The reports of a kept import as they would be stored in an event now: the player, null when the name
-- is nobody's yet; the archetype, null when it is unknown; and whether the report is there already.
--
-- The same report may be in a file twice because it was made twice, so as many are there already as
-- the event has. One that was withdrawn in the event is there, too: it does not come back by a file.
create function scooty_private.imported_reports(guild_id bigint, event_id bigint, content jsonb)
returns table (
  place integer, name_key text, player_id bigint, archetype text, archetype_key text,
  archetype_guild_id bigint, archetype_id bigint, is_there boolean, entry jsonb
)
language sql stable
as $$
  with entries as materialized (
    select e.place::integer as place, e.value as entry, e.value->>'name_key' as name_key,
      e.value->>'archetype_key' as archetype_key,
      e.value->>'archetype_word_key' as archetype_word_key,
      e.value->>'comment' as comment, (e.value->>'round')::smallint as round,
      e.value->>'source' as source, (e.value->>'reporter_id')::bigint as reporter_id
    from jsonb_array_elements(content->'entries') with ordinality e (value, place)
  ), meant as materialized (
    select k.archetype_key, k.archetype_word_key, a.guild_id, a.id
    from (select distinct e.archetype_key, e.archetype_word_key from entries e) k
    left join lateral find_archetype(
      imported_reports.guild_id, k.archetype_key, k.archetype_word_key
    ) a on true
  ), named as materialized (
    select e.*, n.player_id, m.guild_id as archetype_guild_id, m.id as archetype_id,
      row_number() over (
        partition by n.player_id, case when n.player_id is null then e.name_key end, m.id, e.round,
          e.source, e.comment, e.reporter_id
        order by e.place
      ) as nth
    from entries e
    left join player_names n
      on n.guild_id = imported_reports.guild_id and n.name_key = e.name_key
    left join meant m
      on m.archetype_key = e.archetype_key and m.archetype_word_key = e.archetype_word_key
  ), there as materialized (
    select r.player_id, r.archetype_id, r.round, r.source, r.comment, r.reporter_id,
      count(*) as times
    from reports r
    where r.guild_id = imported_reports.guild_id and r.event_id = imported_reports.event_id
    group by r.player_id, r.archetype_id, r.round, r.source, r.comment, r.reporter_id
  )
  select n.place, n.name_key, n.player_id, n.entry->>'archetype', n.archetype_key,
    n.archetype_guild_id, n.archetype_id, coalesce(n.nth <= t.times, false), n.entry
  from named n
  left join there t
    on t.player_id = n.player_id and t.archetype_id = n.archetype_id and t.source = n.source
    and t.reporter_id = n.reporter_id and t.round is not distinct from n.round
    and t.comment is not distinct from n.comment;
$$;
