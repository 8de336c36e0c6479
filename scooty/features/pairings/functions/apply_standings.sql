-- Put kept standings in the place of the event's, and forget them: in one transaction.
create function scooty.apply_standings(
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
  perform from pending_imports i
  where i.guild_id = apply_standings.guild_id and i.request_id = apply_standings.import_id
  for update;
  pending := waiting_round_file(guild_id, member_id, 'standings', import_id);
  -- Of two who apply standings at once, the second waits here. Reports go on.
  select * into event from events e
  where e.guild_id = pending.guild_id and e.id = (pending.content->>'event_id')::bigint
  for no key update;
  if event.id is null then
    return jsonb_build_object('outcome', 'import_gone');
  elsif event.status <> 'active' then
    return jsonb_build_object('outcome', 'event_over', 'event', event.name);
  end if;

  created := place_roster(event.guild_id, event.id, pending.content);
  counted := round_file_counts(event, pending.content)
    || jsonb_build_object('event', event.name, 'new_players', created);
  delete from standings s where s.guild_id = event.guild_id and s.event_id = event.id;
  insert into standings (guild_id, event_id, player_id, rank, points, wins, losses, draws)
  select event.guild_id, event.id, e.player_id, e.rank, e.points, e.wins, e.losses, e.draws
  from round_file_entries(event.guild_id, pending.content) e
  where not e.is_left_out
  order by e.player_id;
  delete from pending_imports i
  where i.guild_id = pending.guild_id and i.request_id = pending.request_id;
  return end_request(
    guild_id, request_id, member_id, 'import standings', event.id, counted,
    counted || jsonb_build_object('outcome', 'standings_applied')
  );
end
$$;
