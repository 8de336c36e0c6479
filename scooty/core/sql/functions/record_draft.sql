-- The button under an unknown archetype: store the draft with the archetype that was meant.
create function scooty.record_draft(
  guild_id bigint, request_id bigint, draft_id bigint, archetype_id bigint, reporter_id bigint
) returns jsonb
language plpgsql security definer
set search_path = scooty_private, extensions, pg_temp
set plan_cache_mode = force_generic_plan
as $$
#variable_conflict use_column
declare
  event events;
  archetype archetypes;
  draft drafts;
  known jsonb;
begin
  -- The row is locked first, so that two presses of two buttons store one report.
  select * into draft from drafts d
  where d.guild_id = record_draft.guild_id and d.request_id = record_draft.draft_id
    and d.reporter_id = record_draft.reporter_id
  for update;
  known := known_request(guild_id, request_id);
  if known is not null then
    return known;
  end if;
  if draft.request_id is null or draft.used_by_request_id is not null
    or draft.expires_at <= clock_timestamp()
  then
    return jsonb_build_object('outcome', 'draft_gone');
  end if;
  event := active_event(guild_id);
  if event.id is null then
    return jsonb_build_object('outcome', 'no_active_event');
  end if;
  perform hold_archetypes(guild_id);
  archetype := current_archetype(guild_id, archetype_id);
  if archetype.id is null then
    return jsonb_build_object('outcome', 'draft_gone');
  end if;

  update drafts d set used_by_request_id = record_draft.request_id
  where d.guild_id = draft.guild_id and d.request_id = draft.request_id;
  return store_report(
    guild_id, request_id, event, archetype, draft.opponent, draft.name_key, draft.word_key,
    draft.comment, draft.reporter_id, draft.reporter_name, draft.round, draft.source,
    draft.confidence
  );
end
$$;
