-- The team's matches in an event, or in all events of the guild, with what both players play by now:
-- null where nobody knows. A match between two teammates is one for each of them.
create function scooty_private.matches_played(guild_id bigint, event_id bigint)
returns table (
  round smallint, player_id bigint, opponent_id bigint, result text, ours bigint, theirs bigint,
  is_between_teammates boolean
)
language sql stable
as $$
  select t.round, t.player_id, t.opponent_id, t.outcome, mine.archetype_id, other.archetype_id,
    exists (
      select from team_links l where l.guild_id = t.guild_id and l.player_id = t.opponent_id
    )
  from results t
  left join lateral consensus_report(t.guild_id, t.event_id, t.player_id) mine on true
  left join lateral consensus_report(t.guild_id, t.event_id, t.opponent_id) other on true
  where t.guild_id = matches_played.guild_id
    and (matches_played.event_id is null or t.event_id = matches_played.event_id);
$$;
