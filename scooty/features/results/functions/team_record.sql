-- /team record: how the team did in an event, by matchup and by teammate, and the field that it is to
-- face, with its matchups of all events of the guild.
create function scooty.team_record(guild_id bigint, event_id bigint default null) returns jsonb
language plpgsql stable security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  event events := event_to_look_in(guild_id, event_id);
  counted jsonb;
  field jsonb;
begin
  if event.id is null then
    return no_event_to_look_in(event_id);
  end if;

  select jsonb_build_object(
    'wins', count(*) filter (where m.result = 'win' and not m.is_between_teammates),
    'losses', count(*) filter (where m.result = 'loss' and not m.is_between_teammates),
    'draws', count(*) filter (where m.result = 'draw' and not m.is_between_teammates),
    'own_unknown', count(*) filter (where m.ours is null and not m.is_between_teammates),
    'theirs_unknown', count(*) filter (
      where m.ours is not null and m.theirs is null and not m.is_between_teammates
    ),
    'between_teammates', count(distinct (
      least(m.player_id, m.opponent_id), greatest(m.player_id, m.opponent_id), m.round
    )) filter (where m.is_between_teammates)
  ) into counted
  from matches_played(guild_id, event.id) m;
  field := field_to_face(guild_id, event.id);
  return counted || field || jsonb_build_object(
    'outcome', 'team_record',
    'event', event_object(event),
    'matchups', matchup_objects(guild_id, event.id),
    'matchups_ever', matchup_objects(guild_id, null),
    'teammates', teammate_records(guild_id, event.id),
    'archetypes', archetypes_met(guild_id, event.id)
  );
end
$$;
