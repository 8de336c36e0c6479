-- A player with all who were merged into one: whoever of them is asked for.
create function scooty_private.ids_of_player(guild_id bigint, player_id bigint) returns bigint[]
language sql stable
as $$
  with recursive up as (
    select p.id, p.merged_into from players p
    where p.guild_id = ids_of_player.guild_id and p.id = ids_of_player.player_id
    union
    select p.id, p.merged_into from players p
    join up on p.guild_id = ids_of_player.guild_id and p.id = up.merged_into
  ), one as (
    select up.id from up where up.merged_into is null
    union
    select p.id from players p
    join one on p.guild_id = ids_of_player.guild_id and p.merged_into = one.id
  )
  select coalesce(array_agg(one.id order by one.id), '{}') from one;
$$;
