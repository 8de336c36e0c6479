-- Apply a kept roster to the event that it was previewed for, and forget it: in one transaction.
create function scooty.apply_roster(
  guild_id bigint, request_id bigint, member_id bigint, import_id bigint
) returns jsonb
language plpgsql security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  known jsonb := begin_request(guild_id, request_id);
  pending pending_imports;
  event events;
  created bigint;
  counted jsonb;
begin
  if known is not null then
    return known;
  end if;
  delete from pending_imports i
  where i.guild_id = apply_roster.guild_id and i.request_id = apply_roster.import_id
    and i.created_by = apply_roster.member_id and i.kind = 'roster'
    and i.expires_at > clock_timestamp()
  returning * into pending;
  select * into event from events e
  where e.guild_id = pending.guild_id and e.id = (pending.content->>'event_id')::bigint;
  if event.id is null then
    return jsonb_build_object('outcome', 'import_gone');
  end if;

  created := place_roster(event.guild_id, event.id, pending.content);
  counted := jsonb_build_object(
    'created', created,
    'listed', (
      select count(*) from event_players p
      where p.guild_id = event.guild_id and p.event_id = event.id and p.listed_at is not null
    ),
    'event', event.name
  );
  return end_request(
    guild_id, request_id, member_id, 'import roster', event.id, counted,
    counted || jsonb_build_object('outcome', 'roster_applied')
  );
end
$$;
