-- What all reports of a player in an event come to: the rule of scooty/domain/consensus.py, in whole
-- numbers, so that both agree to the last tie (tested). One report may be told to count in any case.
--
-- No row when nothing counts. It never changes with time alone: only ages relative to each other
-- matter.
create function scooty_private.consensus_of(
  guild_id bigint, event_id bigint, player_id bigint, also bigint default null
) returns table (
  report_id bigint, confidence text, is_contested boolean, report_count integer,
  last_reported_at timestamptz
)
language sql stable
as $$
  with counting as (
    select r.id, r.archetype_id, r.reporter_id, r.reported_at,
      (extract(epoch from r.reported_at) * 1000000)::bigint as us,
      case r.source when 'decklist' then 100 when 'played' then 50 when 'told' then 15 else 40 end
        * case r.confidence when 'sure' then 100 when 'likely' then 50 else 20 end as weight,
      case r.confidence when 'sure' then 2 when 'likely' then 1 else 0 end as step
    from reports r
    where r.guild_id = consensus_of.guild_id and r.event_id = consensus_of.event_id
      and r.player_id = consensus_of.player_id
      and (r.undone_at is null or r.id = consensus_of.also)
  ), weighed as (
    -- The weight doubles with each day, and grows evenly within one.
    select c.*,
      c.weight * (86400000000 + c.us % 86400000000)
        * power(2::numeric, c.us / 86400000000 - min(c.us / 86400000000) over ()) as score
    from counting c
  ), by_reporter as (
    select archetype_id, reporter_id, max(score) as score, max(weight) as weight
    from weighed group by archetype_id, reporter_id
  ), by_archetype as (
    select archetype_id, sum(score) as score, sum(weight) as evidence
    from by_reporter group by archetype_id
  ), ranked as (
    select b.*, w.newest_id, w.newest_us, w.step,
      sum(b.score) over () as total, count(*) over () as archetypes
    from by_archetype b
    join (
      select archetype_id, max(us) as newest_us, max(step) as step,
        (array_agg(id order by us desc, id desc))[1] as newest_id
      from weighed group by archetype_id
    ) w using (archetype_id)
    order by b.score desc, w.newest_us desc, w.newest_id desc limit 1
  )
  select ranked.newest_id,
    (array['guess', 'likely', 'sure'])[1 + case
      when 2 * (total - score) > total then 0
      else greatest(
        least((evidence >= 1500)::integer + (evidence >= 4000)::integer, step)
          - (4 * (total - score) > total)::integer,
        0
      )
    end],
    archetypes > 1,
    (select count(*)::integer from counting),
    (select max(reported_at) from counting)
  from ranked;
$$;
