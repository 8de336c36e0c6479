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
language plpgsql stable
as $$
#variable_conflict use_column
declare
  oldest bigint;
  best record;
begin
  -- Weights double with each day, and grow evenly within one.
  select count(*)::integer, max(r.reported_at),
    min((extract(epoch from r.reported_at) * 1000000)::bigint / 86400000000)
  into report_count, last_reported_at, oldest
  from reports r
  where r.guild_id = consensus_of.guild_id and r.event_id = consensus_of.event_id
    and r.player_id = consensus_of.player_id
    and (r.undone_at is null or r.id = consensus_of.also);
  if report_count = 0 then
    return;
  end if;

  select sum(score) as score, sum(weight) as evidence, max(step) as step, max(newest) as newest,
    sum(sum(score)) over () as total, count(*) over () as archetypes
  into best
  from (
    select archetype_id, max(step) as step, max(array[us, id]) as newest, max(weight) as weight,
      max(weight * (86400000000 + us % 86400000000) * power(2::numeric, us / 86400000000 - oldest))
        as score
    from (
      select r.archetype_id, r.reporter_id, r.id,
        (extract(epoch from r.reported_at) * 1000000)::bigint as us,
        case r.source when 'decklist' then 100 when 'played' then 50 when 'told' then 15 else 40 end
          * case r.confidence when 'sure' then 100 when 'likely' then 50 else 20 end as weight,
        case r.confidence when 'sure' then 2 when 'likely' then 1 else 0 end as step
      from reports r
      where r.guild_id = consensus_of.guild_id and r.event_id = consensus_of.event_id
        and r.player_id = consensus_of.player_id
        and (r.undone_at is null or r.id = consensus_of.also)
    ) counting
    group by archetype_id, reporter_id
  ) by_reporter
  group by archetype_id
  order by score desc, newest desc limit 1;

  report_id := best.newest[2];
  is_contested := best.archetypes > 1;
  confidence := (array['guess', 'likely', 'sure'])[1 + case
    when 2 * (best.total - best.score) > best.total then 0
    else greatest(
      least((best.evidence >= 1500)::integer + (best.evidence >= 4000)::integer, best.step)
        - (4 * (best.total - best.score) > best.total)::integer,
      0
    )
  end];
  return next;
end
$$;
