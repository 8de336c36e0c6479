-- Players on an event's roster of whom no report counts, by name.
create function scooty_private.unreported_players(guild_id bigint, event_id bigint, at_most integer)
returns bigint[]
language plpgsql stable
as $$
#variable_conflict use_column
begin
  return array(
    select e.player_id
    from event_players e
    cross join lateral (
      select min(n.name_key collate "C") as first_key from player_names n
      where n.guild_id = e.guild_id and n.player_id = e.player_id
    ) named
    where e.guild_id = unreported_players.guild_id and e.event_id = unreported_players.event_id
      and e.report_count = 0 and e.listed_at is not null
    order by named.first_key limit unreported_players.at_most
  );
end
$$;
