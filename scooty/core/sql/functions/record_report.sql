-- /scout: store a report of the active event.
--
-- A repeated request gets the first one's answer: it is found by its id, and of two that run at
-- once the second one fails on the unique request id and then finds the first.
create function scooty.record_report(
  guild_id bigint, request_id bigint, reporter_id bigint, reporter_name text,
  opponent text, name_key text, word_key text, archetype_key text, archetype_word_key text,
  comment text, round bigint default null, source text default 'seen',
  confidence text default 'sure'
) returns jsonb
language plpgsql security definer
set search_path = scooty_private, extensions, pg_temp
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
declare
  event events;
  archetype archetypes;
  known jsonb := known_request(guild_id, request_id);
begin
  if known is not null then
    return known;
  end if;
  event := active_event(guild_id);
  if event.id is null then
    return jsonb_build_object('outcome', 'no_active_event');
  end if;
  perform hold_archetypes(guild_id);
  archetype := find_archetype(guild_id, archetype_key, archetype_word_key);
  if archetype.id is not null then
    return store_report(
      guild_id, request_id, event, archetype, opponent, name_key, word_key, comment,
      reporter_id, reporter_name, round::smallint, source, confidence
    );
  end if;

  delete from drafts d where d.expires_at < clock_timestamp() - interval '1 day';
  insert into drafts (
    guild_id, request_id, reporter_id, reporter_name, opponent, name_key, word_key,
    archetype_key, comment, round, source, confidence, expires_at
  ) values (
    record_report.guild_id, record_report.request_id, record_report.reporter_id,
    record_report.reporter_name, record_report.opponent, record_report.name_key,
    record_report.word_key, record_report.archetype_key, record_report.comment,
    record_report.round, record_report.source, record_report.confidence,
    clock_timestamp() + interval '15 minutes'
  );
  return known_request(guild_id, request_id);
exception when unique_violation then
  known := known_request(guild_id, request_id);
  if known is null then
    raise;
  end if;
  return known;
end
$$;
