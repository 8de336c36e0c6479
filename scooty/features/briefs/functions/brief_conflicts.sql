-- Of whom reports disagree: the team's opponents of a round first, then by points.
create function scooty_private.brief_conflicts(
  guild_id bigint, event_id bigint, round bigint, at_most bigint
) returns jsonb
language sql stable
as $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'player_id', c.player_id, 'name', c.name, 'archetype', c.archetype,
    'others', conflicting_archetypes(
      brief_conflicts.guild_id, brief_conflicts.event_id, c.player_id, c.archetype_id, null
    )
  ) order by c.place), '[]')
  from (
    select e.player_id, p.name, a.name as archetype, r.archetype_id,
      row_number() over (
        order by l.player_id is null, coalesce(x.points, s.points) desc nulls last, e.player_id
      ) as place
    from brief_ambiguous(brief_conflicts.guild_id, brief_conflicts.event_id) e
    join players p on p.guild_id = e.guild_id and p.id = e.player_id
    join reports r on r.guild_id = e.guild_id and r.id = e.consensus_report_id
    join archetypes a on a.guild_id = r.archetype_guild_id and a.id = r.archetype_id
    left join pairings x on x.guild_id = e.guild_id and x.event_id = e.event_id
      and x.round = brief_conflicts.round and x.player_id = e.player_id
    left join team_links l on l.guild_id = x.guild_id and l.player_id = x.opponent_id
    left join standings s on s.guild_id = e.guild_id and s.event_id = e.event_id
      and s.player_id = e.player_id
    order by place limit brief_conflicts.at_most
  ) c;
$$;
