-- Nobody stands in a member's place where rounds are kept: who they are at the tables and whom they
-- watch goes; what they applied, linked, assigned, told or added stays without them. The caller holds
-- the rounds and the players' rows, as whoever else writes here does.
create function scooty_private.erase_from_rounds(guild_id bigint, member_id bigint) returns void
language plpgsql
as $$
#variable_conflict use_column
begin
  update rounds r set applied_by = 0
  where r.guild_id = erase_from_rounds.guild_id and r.applied_by = erase_from_rounds.member_id;

  -- In order: two who are erased at once may have linked each other.
  perform from team_links l
  where l.guild_id = erase_from_rounds.guild_id
    and erase_from_rounds.member_id in (l.member_id, l.linked_by)
  order by l.member_id for update;
  delete from team_links l
  where l.guild_id = erase_from_rounds.guild_id and l.member_id = erase_from_rounds.member_id;
  update team_links l set linked_by = 0
  where l.guild_id = erase_from_rounds.guild_id and l.linked_by = erase_from_rounds.member_id;

  delete from assignments a
  where a.guild_id = erase_from_rounds.guild_id and a.member_id = erase_from_rounds.member_id;
  update assignments a set assigned_by = 0
  where a.guild_id = erase_from_rounds.guild_id and a.assigned_by = erase_from_rounds.member_id;

  -- Nobody is what a file told; somebody who was erased is not that.
  update results t set told_by = 0
  where t.guild_id = erase_from_rounds.guild_id and t.told_by = erase_from_rounds.member_id;

  update decklists d set added_by = 0
  where d.guild_id = erase_from_rounds.guild_id and d.added_by = erase_from_rounds.member_id;

  -- What a merge put aside until it is undone.
  update player_merges m set moved = jsonb_set(m.moved, '{rounds}', regexp_replace(
    jsonb_set(
      jsonb_set(
        m.moved->'rounds', '{assignments,gone}', jsonb_path_query_array(
          m.moved, '$.rounds.assignments.gone[*] ? (@.member_id != $me)',
          jsonb_build_object('me', erase_from_rounds.member_id)
        )
      ),
      '{assignments,ended}', jsonb_path_query_array(
        m.moved, '$.rounds.assignments.ended[*] ? (@.member_id != $me)',
        jsonb_build_object('me', erase_from_rounds.member_id)
      )
    )::text,
    '\m' || erase_from_rounds.member_id || '\M', '0', 'g'
  )::jsonb)
  where m.guild_id = erase_from_rounds.guild_id
    and (m.moved->'rounds')::text like '%' || erase_from_rounds.member_id || '%';
end
$$;
