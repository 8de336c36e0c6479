-- Delete what no event holds any more, and what was only kept for a while; how many rows of each.
create function scooty.expire_rest() returns jsonb
language plpgsql security definer
set search_path = scooty_private, extensions, pg_temp
set statement_timeout = '4s'
as $$
#variable_conflict use_column
declare
  player_count integer;
  draft_count integer;
  answer_count integer;
  audit_count integer;
begin
  delete from players p
  where p.merged_into is null
    and p.created_at < clock_timestamp() - make_interval(days => retention_days(p.guild_id))
    and not exists (
      select from event_players e where e.guild_id = p.guild_id and e.player_id = p.id
    )
    -- A member may be linked before anybody is paired.
    and not exists (
      select from team_links l
      where l.guild_id = p.guild_id and l.player_id = p.id
        and l.linked_at >= clock_timestamp() - make_interval(days => retention_days(p.guild_id))
    )
    and not exists (
      select from event_players e
      where e.guild_id = p.guild_id and e.player_id = any (ids_of_player(p.guild_id, p.id))
    );
  get diagnostics player_count = row_count;
  -- A day longer than they can be used, for requests that come again.
  delete from drafts d where d.expires_at < clock_timestamp() - interval '1 day';
  get diagnostics draft_count = row_count;
  delete from answered_requests a where a.answered_at < clock_timestamp() - interval '1 day';
  get diagnostics answer_count = row_count;
  delete from pending_imports i where i.expires_at < clock_timestamp();
  delete from audit a
  using (
    select d.guild_id, retention_days(d.guild_id) as days
    from (select distinct guild_id from audit) d
  ) kept
  where a.guild_id = kept.guild_id
    and a.at < clock_timestamp() - make_interval(days => kept.days);
  get diagnostics audit_count = row_count;
  return jsonb_build_object(
    'players', player_count, 'drafts', draft_count, 'answers', answer_count, 'audit', audit_count
  );
end
$$;
