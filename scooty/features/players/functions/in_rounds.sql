-- Whether rounds, results, standings, watchers or lists know a player of an event.
create function scooty_private.in_rounds(guild_id bigint, event_id bigint, player_id bigint)
returns boolean
language sql stable
as $$
  select exists (
    select from pairings p
    where p.guild_id = in_rounds.guild_id and p.event_id = in_rounds.event_id
      and in_rounds.player_id in (p.player_id, p.opponent_id)
  ) or exists (
    select from results r
    where r.guild_id = in_rounds.guild_id and r.event_id = in_rounds.event_id
      and in_rounds.player_id in (r.player_id, r.opponent_id)
  ) or exists (
    select from standings s
    where s.guild_id = in_rounds.guild_id and s.event_id = in_rounds.event_id
      and s.player_id = in_rounds.player_id
  ) or exists (
    select from assignments a
    where a.guild_id = in_rounds.guild_id and a.event_id = in_rounds.event_id
      and a.player_id = in_rounds.player_id
  ) or exists (
    select from decklists d
    where d.guild_id = in_rounds.guild_id and d.event_id = in_rounds.event_id
      and d.player_id = in_rounds.player_id
  );
$$;
