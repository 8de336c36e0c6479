-- The answer that a request has had already; null when it is new.
create function scooty_private.known_request(guild_id bigint, request_id bigint) returns jsonb
language plpgsql
as $$
#variable_conflict use_column
declare
  report reports;
  event events;
  draft drafts;
begin
  select * into report from reports r
  where r.guild_id = known_request.guild_id and r.request_id = known_request.request_id;
  if found then
    select * into strict event from events e
    where e.guild_id = report.guild_id and e.id = report.event_id;
    return report_recorded(report, event);
  end if;

  select * into draft from drafts d
  where d.guild_id = known_request.guild_id and d.request_id = known_request.request_id;
  if found then
    return jsonb_build_object(
      'outcome', 'archetype_unknown',
      'draft_id', draft.request_id,
      'nearest', nearest_archetypes(
        draft.guild_id, (active_event(draft.guild_id)).id, draft.archetype_key
      ),
      'retired', (retired_archetype(draft.guild_id, draft.archetype_key)).name
    );
  end if;
  return null;
end
$$;
