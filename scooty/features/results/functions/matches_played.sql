-- The team's matches in an event, or in all events of the guild, with what both players play by now:
-- null where nobody knows. A match between two teammates is one for each of them.
--
-- In PL/pgSQL, and each deck looked up by whole keys: as a part of the queries that call it, players of
-- a whole field were joined with each other before the few results were looked at.
create function scooty_private.matches_played(guild_id bigint, event_id bigint)
returns table (
  round smallint, player_id bigint, opponent_id bigint, result text, ours bigint, theirs bigint,
  is_between_teammates boolean
)
language plpgsql stable rows 200
as $$
#variable_conflict use_column
declare
  mates bigint[] := array(
    select l.player_id from team_links l where l.guild_id = matches_played.guild_id
  );
begin
  return query
  select t.round, t.player_id, t.opponent_id, t.outcome,
    (
      select r.archetype_id from event_players p
      join reports r on r.guild_id = p.guild_id and r.id = p.consensus_report_id
      where p.guild_id = t.guild_id and p.event_id = t.event_id and p.player_id = t.player_id
    ),
    (
      select r.archetype_id from event_players p
      join reports r on r.guild_id = p.guild_id and r.id = p.consensus_report_id
      where p.guild_id = t.guild_id and p.event_id = t.event_id and p.player_id = t.opponent_id
    ),
    t.opponent_id = any (mates)
  from results t
  where t.guild_id = matches_played.guild_id
    and (matches_played.event_id is null or t.event_id = matches_played.event_id);
end
$$;
