-- What a player is known to have played in some events, the last three of them, the newest first; a
-- guess is not known. Each with its event's name, if that is asked for.
create function scooty_private.past_archetypes(
  guild_id bigint, player_id bigint, event_ids bigint[], named boolean default false
) returns jsonb
language sql stable
as $$
  select coalesce(jsonb_agg(
    case when named then jsonb_build_array(last.archetype_id, last.event)
      else to_jsonb(last.archetype_id) end
    order by last.event_id desc
  ), '[]')
  from (
    select p.event_id, e.name as event,
      archetype_of_report(p.guild_id, p.event_id, p.player_id, p.consensus_report_id)
        as archetype_id
    from event_players p
    cross join lateral (
      select e.name from events e where e.guild_id = p.guild_id and e.id = p.event_id limit 1
    ) e
    where p.guild_id = past_archetypes.guild_id and p.player_id = past_archetypes.player_id
      and p.event_id = any (event_ids) and p.consensus_confidence <> 'guess'
    order by p.event_id desc limit 3
  ) last;
$$;
