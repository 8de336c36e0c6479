-- The team in a round, by table: against whom each plays, and whom each has met in the event so far.
create function scooty_private.brief_mates(guild_id bigint, event_id bigint, round bigint)
returns jsonb
language sql stable
as $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'member_id', l.member_id,
    'player_id', p.id,
    'name', p.name,
    'points', coalesce(x.points, s.points),
    'rank', s.rank,
    'is_paired', x.player_id is not null,
    'table_number', x.table_number,
    'opponent', case when x.opponent_id is not null then
      brief_deck(brief_mates.guild_id, brief_mates.event_id, x.opponent_id)
    end,
    'met', (
      select coalesce(jsonb_agg(m.opponent_id), '[]') from pairings m
      where m.guild_id = l.guild_id and m.event_id = brief_mates.event_id
        and m.player_id = l.player_id and m.opponent_id is not null
    )
  ) order by x.table_number, x.seat, p.name, p.id), '[]')
  from team_links l
  join players p on p.guild_id = l.guild_id and p.id = l.player_id
  left join pairings x on x.guild_id = l.guild_id and x.event_id = brief_mates.event_id
    and x.round = brief_mates.round and x.player_id = l.player_id
  left join standings s on s.guild_id = l.guild_id and s.event_id = brief_mates.event_id
    and s.player_id = l.player_id
  where l.guild_id = brief_mates.guild_id;
$$;
