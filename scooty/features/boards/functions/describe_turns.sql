-- What to tell of players of the active event whose consensus is another one now. `earlier` holds
-- pairs: a player's id, and the id of the archetype that they were believed to play.
create function scooty.describe_turns(guild_id bigint, earlier jsonb) returns jsonb
language plpgsql stable security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  settings guild_settings;
  event events := active_event(guild_id);
begin
  select * into settings from guild_settings s where s.guild_id = describe_turns.guild_id;
  return jsonb_build_object(
    'outcome', 'turns',
    'admin_channel_id', settings.admin_channel_id,
    'language', settings.language,
    'turns', coalesce((
      select jsonb_agg(jsonb_build_object(
        'player_id', pl.id, 'player', pl.name, 'confidence', p.consensus_confidence,
        'was', was.name, 'was_colours', was.colours, 'now', a.name, 'now_colours', a.colours
      ) order by p.last_reported_at, pl.id)
      from jsonb_array_elements(earlier) pair
      join event_players p on p.guild_id = describe_turns.guild_id and p.event_id = event.id
        and p.player_id = (pair->>0)::bigint
      join players pl on pl.guild_id = p.guild_id and pl.id = p.player_id
      join reports c on c.guild_id = p.guild_id and c.id = p.consensus_report_id
      join archetypes a on a.guild_id = c.archetype_guild_id and a.id = c.archetype_id
      join archetypes was
        on was.guild_id in (0, describe_turns.guild_id) and was.id = (pair->>1)::bigint
      where a.id <> was.id
    ), '[]')
  );
end
$$;
