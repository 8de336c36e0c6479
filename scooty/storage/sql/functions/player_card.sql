-- What the guild knows of a player in an event; null when nothing that counts was reported. One
-- report may be told to count in any case, for a request that is answered again after its undoing.
create function scooty_private.player_card(
  guild_id bigint, event scooty_private.events, player_id bigint, also bigint default null
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
    select r.id, r.archetype_id, a.name as archetype, a.colours, r.comment, r.reporter_id, r.reported_at,
      r.round, r.source, r.confidence,
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
    'colours', (select colours from counting where id = known.id),
    'reports', (
      select jsonb_agg(
        jsonb_build_object(
          'id', id, 'archetype', archetype, 'comment', comment, 'reporter_id', reporter_id,
          'reported_at', reported_at,
          'sighting', jsonb_build_object(
            'round_number', round, 'source', source, 'confidence', confidence
          )
        ) order by id desc
      ) from counting where place <= 10
    ),
    'report_count', (select count(*) from counting),
    'conflicting_archetypes', coalesce(
      (select jsonb_agg(archetype order by reports desc, newest_id desc) from others), '[]'
    )
  ) into card
  from players p where p.guild_id = player_card.guild_id and p.id = player_card.player_id;
  return card;
end
$$;
