-- Give what rounds know of one player to another, and return what changed hands, for return_rounds.
-- Both are in the same events by now, and their rows there are locked. They never sit in one round
-- (two_people), so that no row of the one is in the way of the other's.
--
-- A row is known again by when it was written: one that was written anew since is the other player's.
create function scooty_private.move_rounds(guild_id bigint, from_id bigint, to_id bigint)
returns jsonb
language plpgsql
as $$
#variable_conflict use_column
declare
  moved jsonb;
begin
  select jsonb_build_object(
    'pairings', coalesce(jsonb_agg(distinct jsonb_build_object(
      'event_id', s.event_id, 'round', s.round, 'at', r.applied_at
    )) filter (where s.is_paired), '[]'),
    'results', coalesce(jsonb_agg(distinct jsonb_build_object(
      'event_id', s.event_id, 'round', s.round, 'at', t.told_at
    )) filter (where not s.is_paired), '[]')
  ) into moved
  from seats_of(guild_id, from_id) s
  left join rounds r
    on r.guild_id = move_rounds.guild_id and r.event_id = s.event_id and r.number = s.round
  left join results t
    on t.guild_id = move_rounds.guild_id and t.event_id = s.event_id and t.round = s.round
      and not s.is_paired
      and t.player_id = case when s.is_own then from_id else s.opponent_id end;

  update pairings p set
    player_id = case when p.player_id = from_id then to_id else p.player_id end,
    opponent_id = case when p.opponent_id = from_id then to_id else p.opponent_id end
  from jsonb_to_recordset(moved->'pairings') m (event_id bigint, round smallint)
  where p.guild_id = move_rounds.guild_id and p.event_id = m.event_id and p.round = m.round
    and from_id in (p.player_id, p.opponent_id);
  update results r set
    player_id = case when r.player_id = from_id then to_id else r.player_id end,
    opponent_id = case when r.opponent_id = from_id then to_id else r.opponent_id end
  from jsonb_to_recordset(moved->'results') m (event_id bigint, round smallint)
  where r.guild_id = move_rounds.guild_id and r.event_id = m.event_id and r.round = m.round
    and from_id in (r.player_id, r.opponent_id);

  moved := moved || jsonb_build_object('linked_at', (
    select l.linked_at from team_links l
    where l.guild_id = move_rounds.guild_id and l.player_id = from_id
  ));
  update team_links l set player_id = to_id
  where l.guild_id = move_rounds.guild_id and l.player_id = from_id;
  return moved || jsonb_build_object(
    'standings', move_rows('standings', 'applied_at', guild_id, from_id, to_id),
    'assignments', move_rows('assignments', 'assigned_at', guild_id, from_id, to_id),
    'decklists', move_rows('decklists', 'added_at', guild_id, from_id, to_id)
  );
end
$$;
