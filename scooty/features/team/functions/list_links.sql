-- /team list: who of the team is which player, by the members' names.
create function scooty.list_links(guild_id bigint) returns jsonb
language sql stable security definer
set search_path = scooty_private, extensions, pg_temp
as $$
  select jsonb_build_object('outcome', 'links', 'links', coalesce(jsonb_agg(jsonb_build_object(
    'member_id', l.member_id, 'player', p.name, 'is_notified', l.is_notified
  ) order by l.member_name, l.member_id), '[]'))
  from team_links l
  join players p on p.guild_id = l.guild_id and p.id = l.player_id
  where l.guild_id = list_links.guild_id;
$$;
