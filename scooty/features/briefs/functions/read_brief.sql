-- /round brief: what a captain has to know of a round, of the newest one when none is named. Nobody
-- may have notes in a draft.
create function scooty.read_brief(
  guild_id bigint, event_id bigint default null, round bigint default null,
  at_most bigint default 10
) returns jsonb
language plpgsql stable security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  event events := event_to_look_in(guild_id, event_id);
  wanted rounds;
begin
  if event.id is null then
    return no_event_to_look_in(event_id);
  end if;
  if event.phase = 'draft' then
    return jsonb_build_object('outcome', 'drafting', 'event', event_object(event));
  end if;
  wanted := brief_round(guild_id, event.id, round);
  if wanted.number is null then
    return brief_refusal(guild_id, event);
  end if;
  return jsonb_build_object(
    'outcome', 'brief',
    'event', event_object(event),
    'round', wanted.number,
    'mates', brief_mates(guild_id, event.id, wanted.number),
    'unknowns', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'player_id', u.player_id, 'name', p.name, 'points', u.points, 'rank', u.rank,
        'table_number', u.table_number
      )), '[]')
      from brief_unknowns(read_brief.guild_id, event.id, wanted.number) u
      join players p on p.guild_id = read_brief.guild_id and p.id = u.player_id
      where not u.is_watched
    ),
    'watched', (
      select count(*) from brief_unknowns(read_brief.guild_id, event.id, wanted.number) u
      where u.is_watched
    ),
    'conflicts', brief_conflicts(guild_id, event.id, wanted.number, at_most),
    'contested', (
      select count(*) from brief_ambiguous(read_brief.guild_id, event.id)
    )
  );
end
$$;
