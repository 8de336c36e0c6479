-- What the guild knows of a player in an event; null when nothing that counts was reported. One
-- report may be told to count in any case, for a request that is answered again after its undoing.
--
-- `reports` has those of the page, and `others` whatever else counts, so that who adds to them can
-- weigh all anew. `conflicting_archetypes` is for programs that do not. Every report is looked at
-- once, the newest first, and all that the card says is gathered on the way.
create function scooty_private.player_card(
  guild_id bigint, event scooty_private.events, player_id bigint, also bigint default null,
  skipped bigint default 0
) returns jsonb
language plpgsql stable
as $$
#variable_conflict use_column
declare
  known record;
  gathered record;
  first_shown integer := player_card.skipped + 1;
begin
  select r.id, r.archetype_id, p.name as player_name into known
  from consensus_report(
    player_card.guild_id, player_card.event.id, player_card.player_id, player_card.also
  ) r
  join players p on p.guild_id = r.guild_id and p.id = r.player_id;
  if not found then
    return null;
  end if;

  -- Nothing here may sort (a distinct count would): aggregates keep the order of what they are given.
  select
    count(*) as reports,
    max(archetype) filter (where id = known.id) as archetype,
    max(archetype_colours) filter (where id = known.id) as colours,
    min(archetype_id) <> max(archetype_id) as is_contested,
    json_agg(json_build_object(
      'id', id, 'archetype', archetype, 'archetype_id', archetype_id, 'colours', archetype_colours,
      'comment', comment, 'reporter_id', reporter_id, 'reported_at', reported_at,
      'sighting', json_build_object(
        'round_number', round, 'source', source, 'confidence', confidence
      )
    )) filter (where is_listed) as listed,
    json_agg(json_build_object(
      'archetype', archetype, 'colours', archetype_colours,
      'observation', json_build_object(
        'report_id', id, 'archetype_id', archetype_id, 'source', source,
        'confidence', confidence, 'reported_at', reported_at, 'reporter_id', reporter_id,
        'round_number', round
      )
    )) filter (where not is_listed) as others,
    (array_agg(companion) filter (where is_best and companion <> ''))[1] as companion,
    (array_agg(key_cards) filter (where is_best and key_cards <> ''))[1] as key_cards,
    (array_agg(sideboard) filter (where is_best and sideboard <> ''))[1] as sideboard,
    (array_agg(play_pattern) filter (where is_best and play_pattern <> ''))[1] as play_pattern
  into gathered
  from (
    select r.id, r.archetype_id, r.comment, r.reporter_id, r.reported_at, r.round, r.source,
      r.confidence, r.companion, r.key_cards, r.sideboard, r.play_pattern,
      r.archetype_id = known.archetype_id as is_best,
      row_number() over (order by r.id desc) between first_shown and first_shown + 9 as is_listed,
      a.name as archetype, a.colours as archetype_colours
    from reports r
    cross join lateral (
      select a.name, a.colours from archetypes a
      where a.guild_id = r.archetype_guild_id and a.id = r.archetype_id
      limit 1
    ) a
    where r.guild_id = player_card.guild_id and r.event_id = player_card.event.id
      and r.player_id = player_card.player_id and (r.undone_at is null or r.id = player_card.also)
    order by r.id desc
  ) newest_first;

  return jsonb_build_object(
    'player_id', player_card.player_id,
    'name', known.player_name,
    'event', event_object(player_card.event),
    'archetype', gathered.archetype,
    'colours', gathered.colours,
    'reports', coalesce(gathered.listed, '[]'),
    'report_count', gathered.reports,
    'conflicting_archetypes', case when gathered.is_contested then
      conflicting_archetypes(
        player_card.guild_id, player_card.event.id, player_card.player_id, known.archetype_id,
        player_card.also
      )
      else '[]'::jsonb
    end,
    'others', coalesce(gathered.others, '[]'),
    'notes', jsonb_build_object(
      'companion', gathered.companion, 'key_cards', gathered.key_cards,
      'sideboard', gathered.sideboard, 'play_pattern', gathered.play_pattern
    ),
    'has_decklist', exists (
      select from decklists d
      where d.guild_id = player_card.guild_id and d.event_id = player_card.event.id
        and d.player_id = player_card.player_id
    ),
    'elsewhere', known_elsewhere(
      player_card.guild_id, player_card.event.id, player_card.player_id
    )
  );
end
$$;
