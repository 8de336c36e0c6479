-- /privacy forget-player: nothing here holds the name of a player any more, nor what was reported of
-- them. Where another player's report mentions the name, a dash takes its place.
create function scooty.forget_player(
  guild_id bigint, request_id bigint, member_id bigint, player_id bigint
) returns jsonb
language plpgsql security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  known jsonb := begin_request(guild_id, request_id);
  ids bigint[];
  held bigint[] := '{}';
  keys text[];
  pattern text;
  report_count integer;
  mention_count integer;
begin
  if known is not null then
    return known;
  end if;
  -- Whoever reports one of them waits from here on, and whoever merges one: looked at once more, since
  -- a merge that was waited for here makes another one of them.
  loop
    ids := ids_of_player(guild_id, player_id);
    exit when ids = held;
    perform from players p
    where p.guild_id = forget_player.guild_id and p.id = any (ids)
    order by p.id
    for update;
    held := ids;
  end loop;
  if ids = '{}' then
    return jsonb_build_object('outcome', 'player_gone');
  end if;
  -- The same order of locks as in store_report: player, reports, archetypes.
  perform from event_players p
  where p.guild_id = forget_player.guild_id and p.player_id = any (ids)
  order by p.event_id, p.player_id
  for update;
  pattern := names_pattern(guild_id, ids);
  select coalesce(array_agg(n.name_key), '{}') into keys from player_names n
  where n.guild_id = forget_player.guild_id and n.player_id = any (ids);

  with gone as (
    delete from reports r
    where r.guild_id = forget_player.guild_id and r.player_id = any (ids)
    returning r.event_id, r.archetype_id, r.undone_at
  ), counted as (
    select g.event_id, g.archetype_id, count(*)::integer as reports from gone g
    where g.undone_at is null
    group by g.event_id, g.archetype_id
  ), uncounted as (
    update event_archetypes c set report_count = c.report_count - counted.reports
    from counted
    where c.guild_id = forget_player.guild_id and c.event_id = counted.event_id
      and c.archetype_id = counted.archetype_id
  )
  select count(*) into report_count from gone;
  delete from team_links l
  where l.guild_id = forget_player.guild_id and l.player_id = any (ids);
  delete from event_players p
  where p.guild_id = forget_player.guild_id and p.player_id = any (ids);

  update reports r set
    comment = regexp_replace(r.comment, pattern, '—', 'gi'),
    companion = regexp_replace(r.companion, pattern, '—', 'gi'),
    key_cards = regexp_replace(r.key_cards, pattern, '—', 'gi'),
    sideboard = regexp_replace(r.sideboard, pattern, '—', 'gi'),
    play_pattern = regexp_replace(r.play_pattern, pattern, '—', 'gi'),
    variant = regexp_replace(r.variant, pattern, '—', 'gi')
  where r.guild_id = forget_player.guild_id and report_texts(r) ~* pattern;
  get diagnostics mention_count = row_count;
  update report_revisions v set content = without_names(v.content, pattern)
  where v.guild_id = forget_player.guild_id and texts_in(v.content) ~* pattern;

  -- Whoever pasted a list may have pasted a name with it.
  update decklists d set
    main = cards_without_names(d.main, pattern), side = cards_without_names(d.side, pattern),
    companion = regexp_replace(d.companion, pattern, '—', 'gi')
  where d.guild_id = forget_player.guild_id
    and concat_ws(e'\n', texts_in(d.main), texts_in(d.side), d.companion) ~* pattern;
  update player_merges m set moved = jsonb_set(m.moved, '{rounds,decklists,gone}', '[]')
  where m.guild_id = forget_player.guild_id
    and texts_in(m.moved #> '{rounds,decklists,gone}') ~* pattern;

  delete from drafts d
  where d.guild_id = forget_player.guild_id
    and (d.name_key = any (keys) or concat_ws(e'\n', d.opponent, d.comment) ~* pattern);
  delete from answered_requests a
  where a.guild_id = forget_player.guild_id and texts_in(a.answer) ~* pattern;
  -- Whoever began it reads the file again; what it said of the others is in it still.
  delete from pending_imports i
  where i.guild_id = forget_player.guild_id and texts_in(i.content) ~* pattern;
  -- Takes names, merges and the merged along.
  delete from players p where p.guild_id = forget_player.guild_id and p.id = any (ids);

  return end_request(
    guild_id, request_id, member_id, 'forget_player', player_id,
    jsonb_build_object('reports', report_count, 'mentions', mention_count),
    jsonb_build_object(
      'outcome', 'forgotten', 'reports', report_count, 'mentions', mention_count
    )
  );
end
$$;
