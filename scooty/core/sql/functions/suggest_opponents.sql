-- What is offered while an opponent's name is typed: players already reported in the active event,
-- and after them those on its roster, for programs that know how to show them.
create function scooty.suggest_opponents(
  guild_id bigint, text_key text, with_listed boolean default false
) returns jsonb
language plpgsql stable security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  event events := active_event(guild_id);
  player_ids bigint[];
begin
  if event.id is null then
    return '[]';
  elsif text_key = '' then
    select array_agg(latest.player_id order by latest.last_reported_at desc) into player_ids
    from (
      select p.player_id, p.last_reported_at from event_players p
      where p.guild_id = suggest_opponents.guild_id and p.event_id = event.id
        and p.report_count > 0
      order by p.last_reported_at desc limit 25
    ) latest;
    if with_listed then
      player_ids := player_ids || unreported_players(
        guild_id, event.id, 25 - coalesce(cardinality(player_ids), 0)
      );
    end if;
  else
    player_ids := matching_players(guild_id, event.id, text_key, with_listed);
  end if;
  return opponent_objects(guild_id, event.id, player_ids);
end
$$;
