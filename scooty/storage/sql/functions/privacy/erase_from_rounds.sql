-- Nobody stands in a member's place where rounds are kept: who they are at the tables and whom they
-- watch goes; what they applied, linked, assigned, told or added stays without them. Rows are locked
-- in the order of their keys, for two who are erased at once may stand in each other's rows.
create function scooty_private.erase_from_rounds(guild_id bigint, member_id bigint) returns void
language plpgsql
as $$
#variable_conflict use_column
begin
  perform from rounds r
  where r.guild_id = erase_from_rounds.guild_id and r.applied_by = erase_from_rounds.member_id
  order by r.event_id, r.number for update;
  update rounds r set applied_by = 0
  where r.guild_id = erase_from_rounds.guild_id and r.applied_by = erase_from_rounds.member_id;

  perform from team_links l
  where l.guild_id = erase_from_rounds.guild_id
    and erase_from_rounds.member_id in (l.member_id, l.linked_by)
  order by l.member_id for update;
  delete from team_links l
  where l.guild_id = erase_from_rounds.guild_id and l.member_id = erase_from_rounds.member_id;
  update team_links l set linked_by = 0
  where l.guild_id = erase_from_rounds.guild_id and l.linked_by = erase_from_rounds.member_id;

  perform from assignments a
  where a.guild_id = erase_from_rounds.guild_id
    and erase_from_rounds.member_id in (a.member_id, a.assigned_by)
  order by a.event_id, a.player_id for update;
  delete from assignments a
  where a.guild_id = erase_from_rounds.guild_id and a.member_id = erase_from_rounds.member_id;
  update assignments a set assigned_by = 0
  where a.guild_id = erase_from_rounds.guild_id and a.assigned_by = erase_from_rounds.member_id;

  perform from results t
  where t.guild_id = erase_from_rounds.guild_id and t.told_by = erase_from_rounds.member_id
  order by t.event_id, t.round, t.player_id for update;
  -- Nobody is what a file told; somebody who was erased is not that.
  update results t set told_by = 0
  where t.guild_id = erase_from_rounds.guild_id and t.told_by = erase_from_rounds.member_id;

  perform from decklists d
  where d.guild_id = erase_from_rounds.guild_id and d.added_by = erase_from_rounds.member_id
  order by d.event_id, d.player_id for update;
  update decklists d set added_by = 0
  where d.guild_id = erase_from_rounds.guild_id and d.added_by = erase_from_rounds.member_id;
end
$$;
