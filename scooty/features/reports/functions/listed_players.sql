-- Those of some players who are on an event's roster and of whom no report counts; null when there
-- is none.
create function scooty_private.listed_players(guild_id bigint, event_id bigint, player_ids bigint[])
returns bigint[]
language plpgsql stable
as $$
#variable_conflict use_column
begin
  return (
    select array_agg(distinct wanted.player_id)
    from unnest(listed_players.player_ids) as wanted (player_id)
    cross join lateral (
      select p.listed_at, p.report_count from event_players p
      where p.guild_id = listed_players.guild_id and p.event_id = listed_players.event_id
        and p.player_id = wanted.player_id
      limit 1
    ) p
    where p.listed_at is not null and p.report_count = 0
  );
end
$$;
