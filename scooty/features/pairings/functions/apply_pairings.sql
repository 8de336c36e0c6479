-- Apply kept pairings to the event that they were previewed for, and forget them: in one transaction.
--
-- `mode` says what becomes of a round that is there already: `new` leaves it and asks, `replace` puts
-- these pairings in its place, `merge` those of these players only.
create function scooty.apply_pairings(
  guild_id bigint, request_id bigint, member_id bigint, import_id bigint, mode text
) returns jsonb
language plpgsql security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  known jsonb := begin_request(guild_id, request_id);
  pending pending_imports;
  event events;
  round smallint;
  counted jsonb;
begin
  if known is not null then
    return known;
  end if;
  perform from pending_imports i
  where i.guild_id = apply_pairings.guild_id and i.request_id = apply_pairings.import_id
  for update;
  pending := waiting_round_file(guild_id, member_id, 'pairings', import_id);
  select * into event from events e
  where e.guild_id = pending.guild_id and e.id = (pending.content->>'event_id')::bigint;
  if event.id is null then
    return jsonb_build_object('outcome', 'import_gone');
  elsif event.status <> 'active' then
    return jsonb_build_object('outcome', 'event_over', 'event', event.name);
  end if;

  round := (pending.content->>'round')::smallint;
  -- Of two who apply one round at once, the second waits here, and then finds it there.
  insert into rounds (guild_id, event_id, number, applied_by)
  values (event.guild_id, event.id, round, apply_pairings.member_id)
  on conflict do nothing;
  if not found then
    if mode not in ('replace', 'merge') then
      return round_file_preview(pending);
    end if;
    update rounds r set applied_by = apply_pairings.member_id, applied_at = clock_timestamp()
    where r.guild_id = event.guild_id and r.event_id = event.id and r.number = round;
  end if;

  counted := jsonb_build_object('event', event.name, 'round', round)
    || place_pairings(event, round, pending.content, mode <> 'merge');
  delete from pending_imports i
  where i.guild_id = pending.guild_id and i.request_id = pending.request_id;
  return end_request(
    guild_id, request_id, member_id, 'import pairings', event.id,
    counted || jsonb_build_object('mode', mode),
    counted || jsonb_build_object('outcome', 'pairings_applied', 'event_id', event.id)
  );
end
$$;
