-- Who plays what in an event, as /stats counts it, and which of it teammates play.
create function scooty_private.field_to_face(guild_id bigint, event_id bigint) returns jsonb
language sql stable
as $$
  with played as materialized (
    select c.archetype_id, exists (
      select from team_links l where l.guild_id = p.guild_id and l.player_id = p.player_id
    ) as is_ours
    from event_players p
    left join reports c on c.guild_id = p.guild_id and c.id = p.consensus_report_id
    where p.guild_id = field_to_face.guild_id and p.event_id = field_to_face.event_id
  )
  select jsonb_build_object(
    'seen', (select count(*) from played),
    'field', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'archetype_id', g.archetype_id, 'players', g.players, 'teammates', g.teammates
      ) order by g.players desc, g.archetype_id), '[]')
      from (
        select archetype_id, count(*) as players, count(*) filter (where is_ours) as teammates
        from played where archetype_id is not null
        group by archetype_id
      ) g
    )
  );
$$;
