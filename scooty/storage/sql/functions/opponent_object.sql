create function scooty_private.opponent_object(guild_id bigint, event_id bigint, player_id bigint)
returns jsonb
language plpgsql stable
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  opponent jsonb;
begin
  select jsonb_build_object(
    'player_id', p.id, 'name', p.name, 'archetype', a.name, 'reporter_id', newest.reporter_id,
    'reporter_name', newest.reporter_name, 'report_count', e.report_count
  ) into opponent
  from event_players e
  join players p on p.guild_id = e.guild_id and p.id = e.player_id
  cross join lateral (
    select r.* from reports r
    where r.guild_id = e.guild_id and r.event_id = e.event_id and r.player_id = e.player_id
      and r.undone_at is null
    order by r.id desc limit 1
  ) newest
  join archetypes a on a.guild_id = newest.archetype_guild_id and a.id = newest.archetype_id
  where e.guild_id = opponent_object.guild_id and e.event_id = opponent_object.event_id
    and e.player_id = opponent_object.player_id;
  return opponent;
end
$$;
