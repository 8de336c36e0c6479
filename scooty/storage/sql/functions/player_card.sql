-- What the guild knows of a player in an event; null when nothing that counts was reported. One
-- report may be told to count in any case, for a request that is answered again after its undoing.
--
-- `counted` has all reports that count, so that who adds others to them can weigh all anew.
-- `conflicting_archetypes` is for programs that do not.
create function scooty_private.player_card(
  guild_id bigint, event scooty_private.events, player_id bigint, also bigint default null,
  skipped bigint default 0
) returns jsonb
language plpgsql stable
as $$
#variable_conflict use_column
declare
  known reports;
  card jsonb;
begin
  select * into known from consensus_report(
    player_card.guild_id, player_card.event.id, player_card.player_id, player_card.also
  );
  if not found then
    return null;
  end if;

  with counting as materialized (
    select r.*, a.name as archetype, a.colours as archetype_colours,
      row_number() over (order by r.id desc) as place
    from reports r
    join archetypes a on a.guild_id = r.archetype_guild_id and a.id = r.archetype_id
    where r.guild_id = player_card.guild_id and r.event_id = player_card.event.id
      and r.player_id = player_card.player_id and (r.undone_at is null or r.id = player_card.also)
  ), others as (
    select archetype, count(*) as reports, max(id) as newest_id from counting
    where archetype_id <> known.archetype_id
    group by archetype
  )
  select jsonb_build_object(
    'player_id', p.id,
    'name', p.name,
    'event', event_object(player_card.event),
    'archetype', (select archetype from counting where id = known.id),
    'colours', (select archetype_colours from counting where id = known.id),
    'reports', coalesce((
      select jsonb_agg(
        jsonb_build_object(
          'id', id, 'archetype', archetype, 'comment', comment, 'reporter_id', reporter_id,
          'reported_at', reported_at,
          'sighting', jsonb_build_object(
            'round_number', round, 'source', source, 'confidence', confidence
          )
        ) order by id desc
      ) from counting
      where place > player_card.skipped and place <= player_card.skipped + 10
    ), '[]'),
    'report_count', (select count(*) from counting),
    'conflicting_archetypes', coalesce(
      (select jsonb_agg(archetype order by reports desc, newest_id desc) from others), '[]'
    ),
    'counted', (
      select jsonb_agg(
        jsonb_build_object(
          'archetype', archetype, 'colours', archetype_colours,
          'observation', jsonb_build_object(
            'report_id', id, 'archetype_id', archetype_id, 'source', source,
            'confidence', confidence, 'reported_at', reported_at, 'reporter_id', reporter_id,
            'round_number', round
          )
        ) order by id desc
      ) from counting
    ),
    'notes', (
      select jsonb_build_object(
        'companion', (array_agg(companion order by id desc) filter (where companion <> ''))[1],
        'key_cards', (array_agg(key_cards order by id desc) filter (where key_cards <> ''))[1],
        'sideboard', (array_agg(sideboard order by id desc) filter (where sideboard <> ''))[1],
        'play_pattern',
        (array_agg(play_pattern order by id desc) filter (where play_pattern <> ''))[1]
      ) from counting where archetype_id = known.archetype_id
    ),
    'elsewhere', known_elsewhere(player_card.guild_id, player_card.event.id, p.id)
  ) into card
  from players p where p.guild_id = player_card.guild_id and p.id = player_card.player_id;
  return card;
end
$$;
