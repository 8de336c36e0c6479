-- /predict: all that speaks for what a player plays in the active event, in one answer of bounded size.
-- The many rows stand in texts of JSON, 250 to each, which are read on another thread, one text after
-- the other, so that none holds up what else that program does: `players` of the event, [archetype,
-- confidence, cards mentioned, cards listed, archetypes of the past], and `decks` of others, [archetype,
-- cards mentioned, cards listed]. Nobody's name is in them.
--
-- A player of whom the team is sure needs no prediction: with no card to weigh, nothing is gathered.
create function scooty.prediction_evidence(
  guild_id bigint, name_key text, word_key text, has_cards boolean
) returns jsonb
language plpgsql stable security definer
set search_path = scooty_private, extensions, pg_temp
set plan_cache_mode = force_generic_plan
-- A new event has no statistics yet: left to the planner, each of its players would be looked for among
-- all. So the event's rows are read once, and put together by hashes.
set enable_seqscan = off
set enable_nestloop = off
as $$
#variable_conflict use_column
declare
  event events := active_event(guild_id);
  alike bigint[];
  player_ids bigint[];
  asked players;
  state event_players;
  others bigint[];
  answer jsonb;
begin
  if event.id is null then
    return no_event_to_look_in(null);
  elsif event.phase = 'draft' then
    return jsonb_build_object('outcome', 'drafting', 'event', event_object(event));
  end if;

  player_ids := array(
    select n.player_id from player_names n
    where n.guild_id = prediction_evidence.guild_id and n.name_key = prediction_evidence.name_key
  );
  if player_ids = '{}' then
    player_ids := array(
      select distinct n.player_id from player_names n
      where n.guild_id = prediction_evidence.guild_id and n.word_key = prediction_evidence.word_key
    );
  end if;
  if cardinality(player_ids) = 1 then
    select * into asked from players p
    where p.guild_id = prediction_evidence.guild_id and p.id = player_ids[1];
    select * into state from event_players p
    where p.guild_id = asked.guild_id and p.event_id = event.id and p.player_id = asked.id;
  else
    alike := case when player_ids = '{}' then alike_players(guild_id, name_key, 5)
      else player_ids[1:5] end;
  end if;

  answer := jsonb_build_object('event', event_object(event), 'player', case
    when asked.id is not null then jsonb_build_object('name', asked.name, 'reported', (
      select jsonb_build_object(
        'archetype', a.name, 'colours', a.colours, 'confidence', state.consensus_confidence
      )
      from reports r
      join archetypes a on a.guild_id = r.archetype_guild_id and a.id = r.archetype_id
      where r.guild_id = state.guild_id and r.event_id = state.event_id
        and r.player_id = state.player_id and r.id = state.consensus_report_id
    ))
  end);
  if asked.id is null and not has_cards then
    return answer || jsonb_build_object(
      'outcome', 'nobody_certain', 'candidates', guild_players(guild_id, alike)
    );
  elsif state.consensus_confidence = 'sure' and not has_cards then
    return answer || jsonb_build_object('outcome', 'reported_surely');
  end if;

  others := like_events(event);
  return (
    with event_reports as materialized (
      select r.player_id, r.id, r.archetype_id, card_lines(r) as lines from reports r
      where r.guild_id = event.guild_id and r.event_id = event.id and r.undone_at is null
    ), noted as materialized (
      select r.player_id, left(string_agg(r.lines, e'\n' order by r.id desc), 1200) as lines
      from event_reports r
      where r.lines <> ''
      group by r.player_id
    ), lists as materialized (
      select l.player_id, listed_cards(l) as names from decklists l
      where l.guild_id = event.guild_id and l.event_id = event.id
    ), field as materialized (
      select p.player_id, p.consensus_confidence as confidence, p.last_reported_at, r.archetype_id
      from event_players p
      join event_reports r on r.id = p.consensus_report_id
      where p.guild_id = event.guild_id and p.event_id = event.id
        and p.player_id is distinct from asked.id
    ), players as materialized (
      select row_number() over (order by f.player_id) as place, jsonb_build_array(
        f.archetype_id, f.confidence, n.lines, l.names,
        past_archetypes(event.guild_id, f.player_id, others)
      ) as line
      from (select * from field order by last_reported_at desc, player_id limit 2000) f
      left join noted n on n.player_id = f.player_id
      left join lists l on l.player_id = f.player_id
    ), decks as materialized (
      select row_number() over (order by d.event_id, d.player_id) as place, d.archetype_id,
        jsonb_build_array(d.archetype_id, d.noted, d.listed) as line
      from (
        select p.event_id, p.player_id,
          archetype_of_report(p.guild_id, p.event_id, p.player_id, p.consensus_report_id)
            as archetype_id,
          noted_cards(p.guild_id, p.event_id, p.player_id) as noted,
          (
            select listed_cards(l) from decklists l
            where l.guild_id = p.guild_id and l.event_id = p.event_id and l.player_id = p.player_id
          ) as listed
        from (
          select * from event_players p
          where p.guild_id = event.guild_id and p.event_id = any (others)
            and p.consensus_confidence <> 'guess'
          order by p.event_id desc, p.last_reported_at desc, p.player_id limit 1000
        ) p
      ) d
    ), past as (
      select past_archetypes(event.guild_id, asked.id, others, true) as played
    ), counts as materialized (
      select f.archetype_id, count(*) as players from field f group by f.archetype_id
    )
    select answer || jsonb_build_object(
      'outcome', 'evidence',
      'format', event.format,
      'candidates', guild_players(event.guild_id, coalesce(alike, '{}')),
      'mentioned', (select n.lines from noted n where n.player_id = asked.id),
      'listed', (select l.names from lists l where l.player_id = asked.id),
      'past', (select played from past),
      'counts', coalesce(
        (select jsonb_agg(jsonb_build_array(archetype_id, players)) from counts), '[]'
      ),
      'players', coalesce((
        select jsonb_agg(paged.lines order by paged.page)
        from (
          select (place - 1) / 250 as page, jsonb_agg(line order by place)::text as lines
          from players group by page
        ) paged
      ), '[]'),
      'decks', coalesce((
        select jsonb_agg(paged.lines order by paged.page)
        from (
          select (place - 1) / 250 as page, jsonb_agg(line order by place)::text as lines
          from decks group by page
        ) paged
      ), '[]'),
      'archetypes', coalesce((
        select jsonb_agg(jsonb_build_object('id', a.id, 'name', a.name, 'colours', a.colours))
        from archetypes a
        where a.guild_id in (0, event.guild_id) and a.id in (
          select o.id from offered_archetypes(event.guild_id) o
          union select archetype_id from counts
          union select archetype_id from decks
          union select (one->>0)::bigint from past, jsonb_array_elements(past.played) one
        )
      ), '[]')
    )
  );
end
$$;
