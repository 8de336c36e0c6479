-- Store one observation and count it; returns the answer for its reporter.
create function scooty_private.store_report(
  guild_id bigint, request_id bigint, event scooty_private.events,
  archetype scooty_private.archetypes,
  opponent text, name_key text, word_key text, comment text, reporter_id bigint, reporter_name text,
  round smallint default null, source text default 'seen', confidence text default 'sure'
) returns jsonb
language plpgsql
as $$
#variable_conflict use_column
declare
  player_id bigint := player_named(guild_id, opponent, name_key, word_key);
  playing event_players;
  report reports;
  played integer;
  watcher_id bigint;
begin
  -- Locks the player's row first: from here on, reports of one player are written in turn.
  insert into event_players as p (guild_id, event_id, player_id)
  values (store_report.guild_id, event.id, player_id)
  on conflict (guild_id, event_id, player_id) do update set report_count = p.report_count
  returning * into playing;
  -- Who is known is not watched: only a first report can end a watch.
  if playing.report_count = 0 then
    watcher_id := end_watch(guild_id, event.id, player_id);
  end if;

  insert into reports (
    guild_id, event_id, player_id, archetype_guild_id, archetype_id, comment, reporter_id,
    reporter_name, request_id, round, source, confidence
  ) values (
    store_report.guild_id, event.id, player_id, archetype.guild_id, archetype.id,
    store_report.comment, store_report.reporter_id, store_report.reporter_name,
    store_report.request_id, store_report.round, store_report.source, store_report.confidence
  ) returning * into report;
  playing := settle_report(playing, report);
  perform note_deed(guild_id, request_id, reporter_id, 'report', report.id);

  insert into event_archetypes as c (guild_id, event_id, archetype_guild_id, archetype_id, report_count)
  values (store_report.guild_id, event.id, archetype.guild_id, archetype.id, 1)
  on conflict (guild_id, event_id, archetype_id) do update set report_count = c.report_count + 1
  returning report_count into played;

  -- What copies of the suggestion index have to change. Only a first answer has it: a repeated one
  -- tells of a report that may have been undone since. Both rows are locked until it is committed,
  -- so of several changes the one with the newer report has the player right, and the one with the
  -- higher count the archetype.
  return report_recorded(report, event) || jsonb_build_object(
    'index_change', jsonb_build_object(
      'event_id', event.id, 'archetype_id', archetype.id, 'archetype_report_count', played,
      'opponent', indexed_opponent(playing, report.id)
    )
  ) || case when watcher_id is null then '{}' else jsonb_build_object(
    'watch_ended_of', watcher_id
  ) end;
end
$$;
