-- What is offered while an opponent's name is typed: players already reported in the active event.
create function scooty.suggest_opponents(guild_id bigint, text_key text) returns jsonb
language plpgsql stable security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  event events := active_event(guild_id);
  chosen jsonb;
begin
  if event.id is null then
    return '[]';
  elsif text_key = '' then
    select coalesce(jsonb_agg(opponent_object(guild_id, event.id, latest.player_id)
      order by latest.last_reported_at desc), '[]') into chosen
    from (
      select p.player_id, p.last_reported_at from event_players p
      where p.guild_id = suggest_opponents.guild_id and p.event_id = event.id
        and p.report_count > 0
      order by p.last_reported_at desc limit 25
    ) latest;
  else
    select coalesce(jsonb_agg(opponent_object(guild_id, event.id, m.player_id) order by m.place), '[]')
    into chosen
    from matching_players(guild_id, event.id, text_key) m;
  end if;
  return chosen;
end
$$;
