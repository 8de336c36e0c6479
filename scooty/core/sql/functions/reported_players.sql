-- Those of some players of whom a report counts in an event; null when there is none.
create function scooty_private.reported_players(guild_id bigint, event_id bigint, player_ids bigint[])
returns bigint[]
language plpgsql stable
as $$
#variable_conflict use_column
begin
  return (
    select array_agg(distinct wanted.player_id)
    from unnest(reported_players.player_ids) as wanted (player_id)
    cross join lateral (
      select p.report_count from event_players p
      where p.guild_id = reported_players.guild_id and p.event_id = reported_players.event_id
        and p.player_id = wanted.player_id
      limit 1
    ) p
    where p.report_count > 0
  );
end
$$;
