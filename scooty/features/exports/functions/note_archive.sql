-- Note that an event was archived as it was closed then; it is not done again until it is closed anew.
create function scooty.note_archive(guild_id bigint, event_id bigint, closed_us bigint)
returns jsonb
language plpgsql security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  event events;
begin
  select * into event from events e
  where e.guild_id = note_archive.guild_id and e.id = note_archive.event_id;
  if event.id is null then
    return jsonb_build_object('outcome', 'event_unknown');
  end if;
  perform note_deed(
    event.guild_id, 0, 0, 'archive', event.id,
    jsonb_build_object('event', event.name, 'closed_us', note_archive.closed_us)
  );
  return jsonb_build_object('outcome', 'noted');
end
$$;
