-- The players in whose rows of watchers, results and lists a member stands.
create function scooty_private.players_of_member(guild_id bigint, member_id bigint)
returns table (event_id bigint, player_id bigint)
language sql stable
as $$
  select a.event_id, a.player_id from assignments a
  where a.guild_id = players_of_member.guild_id
    and players_of_member.member_id in (a.member_id, a.assigned_by)
  union
  select t.event_id, t.player_id from results t
  where t.guild_id = players_of_member.guild_id and t.told_by = players_of_member.member_id
  union
  select d.event_id, d.player_id from decklists d
  where d.guild_id = players_of_member.guild_id and d.added_by = players_of_member.member_id;
$$;
