-- What is held about a member where rounds are kept, for member_file.
create function scooty_private.rounds_of_member(guild_id bigint, member_id bigint) returns jsonb
language sql stable
as $$
  select jsonb_build_object(
    'linked_player', (
      select to_jsonb(l) - '{guild_id,member_id,player_id,linked_by}'::text[]
        || jsonb_build_object(
          'player', p.name, 'linked_by_you', l.linked_by = rounds_of_member.member_id
        )
      from team_links l
      join players p on p.guild_id = l.guild_id and p.id = l.player_id
      where l.guild_id = rounds_of_member.guild_id and l.member_id = rounds_of_member.member_id
    ),
    'players_linked', (
      select coalesce(jsonb_agg(
        jsonb_build_object('player', p.name, 'linked_at', l.linked_at) order by l.member_id
      ), '[]')
      from team_links l
      join players p on p.guild_id = l.guild_id and p.id = l.player_id
      where l.guild_id = rounds_of_member.guild_id and l.linked_by = rounds_of_member.member_id
        and l.member_id <> rounds_of_member.member_id
    ),
    'assigned_to_watch', (
      select coalesce(jsonb_agg(
        jsonb_build_object(
          'player', p.name, 'event', e.name, 'as', a.member_name, 'assigned_at', a.assigned_at
        ) order by a.event_id, a.player_id
      ), '[]')
      from assignments a
      join players p on p.guild_id = a.guild_id and p.id = a.player_id
      join events e on e.guild_id = a.guild_id and e.id = a.event_id
      where a.guild_id = rounds_of_member.guild_id and a.member_id = rounds_of_member.member_id
    ),
    'assigned_before_a_merge', (
      select coalesce(jsonb_agg(
        jsonb_build_object('as', g.value->'member_name', 'assigned_at', g.value->'assigned_at')
        order by m.id
      ), '[]')
      from player_merges m
      cross join jsonb_path_query(m.moved, '$.rounds.assignments.*[*]') as g (value)
      where m.guild_id = rounds_of_member.guild_id
        and (g.value->>'member_id')::bigint = rounds_of_member.member_id
    ),
    'assignments_made', (
      select coalesce(jsonb_agg(
        jsonb_build_object('player', p.name, 'event', e.name, 'assigned_at', a.assigned_at)
        order by a.event_id, a.player_id
      ), '[]')
      from assignments a
      join players p on p.guild_id = a.guild_id and p.id = a.player_id
      join events e on e.guild_id = a.guild_id and e.id = a.event_id
      where a.guild_id = rounds_of_member.guild_id and a.assigned_by = rounds_of_member.member_id
    ),
    'rounds_applied', (
      select coalesce(jsonb_agg(
        jsonb_build_object('event', e.name, 'round', r.number, 'applied_at', r.applied_at)
        order by r.event_id, r.number
      ), '[]')
      from rounds r
      join events e on e.guild_id = r.guild_id and e.id = r.event_id
      where r.guild_id = rounds_of_member.guild_id and r.applied_by = rounds_of_member.member_id
    ),
    'results_told', (
      select coalesce(jsonb_agg(
        to_jsonb(t) - '{guild_id,event_id,player_id,opponent_id,told_by}'::text[]
          || jsonb_build_object('player', p.name, 'opponent', o.name, 'event', e.name)
        order by t.event_id, t.round, t.player_id
      ), '[]')
      from results t
      join players p on p.guild_id = t.guild_id and p.id = t.player_id
      join players o on o.guild_id = t.guild_id and o.id = t.opponent_id
      join events e on e.guild_id = t.guild_id and e.id = t.event_id
      where t.guild_id = rounds_of_member.guild_id and t.told_by = rounds_of_member.member_id
    ),
    'decklists_added', (
      select coalesce(jsonb_agg(
        to_jsonb(d) - '{guild_id,event_id,player_id,added_by}'::text[]
          || jsonb_build_object('player', p.name, 'event', e.name)
        order by d.event_id, d.player_id
      ), '[]')
      from decklists d
      join players p on p.guild_id = d.guild_id and p.id = d.player_id
      join events e on e.guild_id = d.guild_id and e.id = d.event_id
      where d.guild_id = rounds_of_member.guild_id and d.added_by = rounds_of_member.member_id
    )
  );
$$;
