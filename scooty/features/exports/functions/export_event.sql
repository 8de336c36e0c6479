-- /export: all reports, players and rounds of an event, of the active one if none is named. It is written
-- down who took them; the answer is not kept, since a repetition may as well read it anew.
create function scooty.export_event(
  guild_id bigint, request_id bigint, member_id bigint, event_id bigint default null
) returns jsonb
language plpgsql security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  event events := event_to_look_in(guild_id, event_id);
begin
  if event.id is null then
    return no_event_to_look_in(event_id);
  end if;
  if not exists (
    select from audit a
    where a.guild_id = export_event.guild_id and a.member_id = export_event.member_id
      and a.request_id = export_event.request_id
  ) then
    perform note_deed(guild_id, request_id, member_id, 'export', event.id);
  end if;
  return jsonb_build_object(
    'outcome', 'export', 'event', event_object(event),
    'reports', report_pages(guild_id, event.id), 'players', player_pages(guild_id, event.id),
    'rounds', round_pages(guild_id, event.id)
  );
end
$$;
