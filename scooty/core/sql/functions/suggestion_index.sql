-- All that suggest_opponents and suggest_archetypes choose from in the active event, for a process
-- that answers typing by itself and is told of every change. Archetypes come in the order in which
-- suggest_archetypes has equal ones. Bare values in a fixed order, as an event has thousands.
create function scooty.suggestion_index(guild_id bigint) returns jsonb
language plpgsql stable security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  active_id bigint := (active_event(guild_id)).id;
begin
  return jsonb_build_object(
    'event_id', active_id,
    'opponents', (
      select coalesce(jsonb_agg(jsonb_build_array(
        p.id, p.name, a.name, r.reporter_id, r.reporter_name, e.report_count,
        (
          select n.id from reports n
          where n.guild_id = e.guild_id and n.event_id = e.event_id and n.player_id = e.player_id
            and n.undone_at is null
          order by n.id desc limit 1
        ),
        (extract(epoch from e.last_reported_at) * 1000000)::bigint,
        (
          select jsonb_agg(n.name_key) from player_names n
          where n.guild_id = e.guild_id and n.player_id = e.player_id
        )
      )), '[]')
      from event_players e
      cross join lateral (
        select r.reporter_id, r.reporter_name, r.archetype_guild_id, r.archetype_id from reports r
        where r.guild_id = e.guild_id and r.id = e.consensus_report_id
        limit 1
      ) r
      join archetypes a on a.guild_id = r.archetype_guild_id and a.id = r.archetype_id
      cross join lateral (
        select p.id, p.name from players p
        where p.guild_id = e.guild_id and p.id = e.player_id
        limit 1
      ) p
      where e.guild_id = suggestion_index.guild_id and e.event_id = active_id
        and e.report_count > 0
    ),
    -- Apart, so that a program that does not know of rosters reads none.
    'listed', (
      select coalesce(jsonb_agg(jsonb_build_array(p.id, p.name, (
        select jsonb_agg(n.name_key) from player_names n
        where n.guild_id = p.guild_id and n.player_id = p.id
      ))), '[]')
      from event_players e
      join players p on p.guild_id = e.guild_id and p.id = e.player_id
      where e.guild_id = suggestion_index.guild_id and e.event_id = active_id
        and e.report_count = 0 and e.listed_at is not null
    ),
    'archetypes', (
      select coalesce(jsonb_agg(jsonb_build_array(
        a.id, a.name, a.colours, coalesce(c.report_count, 0), named.name_keys
      ) order by a.name), '[]')
      from offered_archetypes(suggestion_index.guild_id) a
      join lateral (
        select jsonb_agg(n.name_key) as name_keys from archetype_names n
        where n.guild_id = a.guild_id and n.archetype_id = a.id
      ) named on named.name_keys is not null
      left join event_archetypes c on c.guild_id = suggestion_index.guild_id
        and c.event_id = active_id and c.archetype_id = a.id
    )
  );
end
$$;
