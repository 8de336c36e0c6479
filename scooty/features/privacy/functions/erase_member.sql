-- /privacy delete-me: nobody stands in the member's place, everywhere. Reports stay and count on;
-- those of all who were erased count as one person's, so the consensus is settled anew where two of
-- them saw one player.
create function scooty.erase_member(guild_id bigint, request_id bigint, member_id bigint)
returns jsonb
language plpgsql security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  known jsonb := begin_request(guild_id, request_id);
  event_ids bigint[];
  player_ids bigint[];
  report_count integer;
  draft_count integer;
begin
  if known is not null then
    return known;
  end if;
  -- The same order of locks as in apply_pairings and store_report: rounds, players, then reports.
  perform from rounds r
  where r.guild_id = erase_member.guild_id and r.applied_by = erase_member.member_id
  order by r.event_id, r.number for update;
  perform from event_players p
  where p.guild_id = erase_member.guild_id and (p.event_id, p.player_id) in (
    select r.event_id, r.player_id from reports r
    where r.guild_id = erase_member.guild_id and r.reporter_id = erase_member.member_id
    union all
    select * from players_of_member(erase_member.guild_id, erase_member.member_id)
  )
  order by p.event_id, p.player_id
  for update;
  select array_agg(mine.event_id), array_agg(mine.player_id) into event_ids, player_ids
  from (
    select distinct r.event_id, r.player_id from reports r
    where r.guild_id = erase_member.guild_id and r.reporter_id = erase_member.member_id
  ) mine
  where exists (
    select from reports o
    where o.guild_id = erase_member.guild_id and o.event_id = mine.event_id
      and o.player_id = mine.player_id and o.reporter_id = 0
  );

  update reports r set reporter_id = 0, reporter_name = '—'
  where r.guild_id = erase_member.guild_id and r.reporter_id = erase_member.member_id;
  get diagnostics report_count = row_count;
  update reports r set undone_by = 0
  where r.guild_id = erase_member.guild_id and r.undone_by = erase_member.member_id;
  update report_revisions v set changed_by = 0
  where v.guild_id = erase_member.guild_id and v.changed_by = erase_member.member_id;
  perform settle_player(erase_member.guild_id, u.event_id, u.player_id)
  from unnest(event_ids, player_ids) as u (event_id, player_id);

  -- Links and results before answers, as forget_player has it.
  perform erase_from_rounds(guild_id, member_id);
  delete from drafts d
  where d.guild_id = erase_member.guild_id and d.reporter_id = erase_member.member_id;
  get diagnostics draft_count = row_count;
  -- Answers name reporters; one that is asked for again is worked out anew.
  delete from answered_requests a
  where a.guild_id = erase_member.guild_id and (
    a.answer::text like '%' || erase_member.member_id || '%' or a.request_id in (
      select d.request_id from audit d
      where d.guild_id = erase_member.guild_id and d.member_id = erase_member.member_id
    )
  );
  update audit a set member_id = 0
  where a.guild_id = erase_member.guild_id and a.member_id = erase_member.member_id;
  -- Deeds that others did about the member: linked them, had them watch somebody.
  update audit a set
    subject_id = nullif(a.subject_id, erase_member.member_id),
    detail = regexp_replace(
      a.detail::text, '\m' || erase_member.member_id || '\M', '0', 'g'
    )::jsonb
  where a.guild_id = erase_member.guild_id and (
    a.subject_id = erase_member.member_id
    or a.detail::text like '%' || erase_member.member_id || '%'
  );
  update events e set created_by = 0
  where e.guild_id = erase_member.guild_id and e.created_by = erase_member.member_id;
  update player_merges m set merged_by = 0
  where m.guild_id = erase_member.guild_id and m.merged_by = erase_member.member_id;
  update guild_settings s set updated_by = 0
  where s.guild_id = erase_member.guild_id and s.updated_by = erase_member.member_id;
  delete from pending_imports i
  where i.guild_id = erase_member.guild_id and (
    i.created_by = erase_member.member_id
    or i.content::text like '%' || erase_member.member_id || '%'
  );
  update live_boards b set started_by = 0
  where b.guild_id = erase_member.guild_id and b.started_by = erase_member.member_id;

  return end_request(
    guild_id, request_id, 0, 'delete_me', null,
    jsonb_build_object('reports', report_count, 'drafts', draft_count),
    jsonb_build_object('outcome', 'erased', 'reports', report_count, 'drafts', draft_count)
  );
end
$$;
