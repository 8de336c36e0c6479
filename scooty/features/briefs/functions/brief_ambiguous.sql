-- Of whom in an event reports disagree. What its own players are on, a team knows without reports.
create function scooty_private.brief_ambiguous(guild_id bigint, event_id bigint)
returns setof scooty_private.event_players
language sql stable
as $$
  select e.* from event_players e
  where e.guild_id = brief_ambiguous.guild_id and e.event_id = brief_ambiguous.event_id
    and e.is_contested and not exists (
      select from team_links l where l.guild_id = e.guild_id and l.player_id = e.player_id
    );
$$;
