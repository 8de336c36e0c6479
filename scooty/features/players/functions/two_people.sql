-- Why two players are certainly two people; null when they may be one: both sit in one round, at two
-- tables or across from each other, or two members of the team are linked to them. The same match
-- told of both is one match.
create function scooty_private.two_people(
  guild_id bigint, kept_player_id bigint, merged_player_id bigint
) returns jsonb
language plpgsql stable
as $$
#variable_conflict use_column
declare
  found jsonb;
begin
  select jsonb_build_object('outcome', 'both_seated', 'event', e.name, 'round', k.round) into found
  from seats_of(guild_id, kept_player_id) k
  join seats_of(guild_id, merged_player_id) m on m.event_id = k.event_id and m.round = k.round
  join events e on e.guild_id = two_people.guild_id and e.id = k.event_id
  where k.opponent_id is distinct from m.opponent_id
    or k.is_own and m.is_own and k.is_paired = m.is_paired
  order by k.event_id desc, k.round desc limit 1;
  if found is null and 1 < (
    select count(*) from team_links l
    where l.guild_id = two_people.guild_id
      and l.player_id in (two_people.kept_player_id, two_people.merged_player_id)
  ) then
    found := jsonb_build_object('outcome', 'both_linked');
  end if;
  return found || jsonb_build_object(
    'kept', (
      select p.name from players p
      where p.guild_id = two_people.guild_id and p.id = two_people.kept_player_id
    ),
    'merged', (
      select p.name from players p
      where p.guild_id = two_people.guild_id and p.id = two_people.merged_player_id
    )
  );
end
$$;
