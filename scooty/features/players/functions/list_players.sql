-- /player list: a page of the players of an event, by name: those reported and those on its roster.
-- Without an event it is the active one; one may be told by its id or by its name.
create function scooty.list_players(
  guild_id bigint, event_id bigint, event_key text, skip bigint, at_most bigint
) returns jsonb
language plpgsql stable security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  event events;
begin
  if event_id is null and event_key is null then
    event := active_event(guild_id);
    if event.id is null then
      return jsonb_build_object('outcome', 'no_active_event');
    end if;
  else
    select * into event from events e
    where e.guild_id = list_players.guild_id
      and (e.id = list_players.event_id or e.name_key = list_players.event_key)
    order by e.id = list_players.event_id desc limit 1;
    if event.id is null then
      return jsonb_build_object('outcome', 'no_such_event');
    end if;
  end if;

  return (
    with playing as materialized (
      select e.player_id, e.report_count, e.consensus_report_id, e.consensus_confidence,
        e.is_contested, e.listed_at, p.name,
        -- By letters, whatever their accents, in every database's locale.
        lower(regexp_replace(normalize(p.name, nfd), '[\u0300-\u036f]', '', 'g')) collate "C"
          as sorted_by
      from event_players e
      join players p on p.guild_id = e.guild_id and p.id = e.player_id
      where e.guild_id = list_players.guild_id and e.event_id = event.id
        and (e.report_count > 0 or e.listed_at is not null)
    ), page as (
      select * from playing order by sorted_by, player_id
      offset greatest(list_players.skip, 0) limit least(greatest(list_players.at_most, 1), 100)
    )
    select jsonb_build_object(
      'outcome', 'players', 'event', event_object(event),
      'total', (select count(*) from playing),
      'reported', (select count(*) from playing where report_count > 0),
      'listed', (select count(*) from playing where listed_at is not null),
      'players', (
        select coalesce(jsonb_agg(jsonb_build_object(
          'name', page.name, 'archetype', a.name, 'colours', a.colours,
          'confidence', page.consensus_confidence, 'is_contested', page.is_contested,
          'is_listed', page.listed_at is not null
        ) order by page.sorted_by, page.player_id), '[]')
        from page
        left join reports r
          on r.guild_id = list_players.guild_id and r.id = page.consensus_report_id
        left join archetypes a on a.guild_id = r.archetype_guild_id and a.id = r.archetype_id
      )
    )
  );
end
$$;
