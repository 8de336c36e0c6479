-- What each player of the active event is believed to play, as pairs of ids: little enough to be
-- compared with what it was a minute ago.
create function scooty.list_consensuses(guild_id bigint) returns jsonb
language plpgsql stable security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  event events := active_event(guild_id);
begin
  return jsonb_build_object(
    'outcome', 'consensuses',
    'event_id', event.id,
    'pairs', coalesce((
      select jsonb_agg(jsonb_build_array(p.player_id, c.archetype_id))
      from event_players p
      join reports c on c.guild_id = p.guild_id and c.id = p.consensus_report_id
      where p.guild_id = list_consensuses.guild_id and p.event_id = event.id
    ), '[]')
  );
end
$$;
