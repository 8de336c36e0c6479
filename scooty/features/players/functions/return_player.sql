-- Give a merged player back what a merge took, as it was then. Reports that were made since stay with
-- the player who was kept. Both rows of players are locked by the caller.
create function scooty_private.return_player(merge scooty_private.player_merges) returns void
language plpgsql
as $$
#variable_conflict use_column
declare
  played record;
begin
  perform from event_players p
  where p.guild_id = merge.guild_id and p.player_id = merge.kept_player_id
  order by p.event_id for update;

  update player_names n set player_id = merge.merged_player_id
  from jsonb_array_elements(merge.moved->'names') m
  where n.guild_id = merge.guild_id and n.player_id = merge.kept_player_id
    and n.name_key = m.value->>'name_key';
  -- A name that was taken from the kept player since comes back too, unless it is somebody else's.
  insert into player_names (guild_id, name_key, word_key, player_id, platform)
  select merge.guild_id, m.value->>'name_key', m.value->>'word_key', merge.merged_player_id,
    m.value->>'platform'
  from jsonb_array_elements(merge.moved->'names') m
  on conflict (guild_id, name_key) do nothing;

  update team_links l set player_id = merge.merged_player_id
  where l.guild_id = merge.guild_id and l.player_id = merge.kept_player_id
    and l.linked_at = (merge.moved #>> '{rounds,linked_at}')::timestamptz;
  for played in
    select e.id as event_id, m.listed_at, m.was_played, m.was_listed_at
    from jsonb_to_recordset(merge.moved->'events') m (
      event_id bigint, listed_at timestamptz, was_played boolean, was_listed_at timestamptz
    )
    join events e on e.guild_id = merge.guild_id and e.id = m.event_id
    order by e.id
  loop
    insert into event_players (guild_id, event_id, player_id, listed_at)
    values (merge.guild_id, played.event_id, merge.merged_player_id, played.listed_at);
    perform return_rounds(merge, played.event_id);
    update reports r set player_id = merge.merged_player_id
    where r.guild_id = merge.guild_id and r.event_id = played.event_id
      and r.player_id = merge.kept_player_id
      and r.id in (
        select m.value::bigint from jsonb_array_elements_text(merge.moved->'reports') m
      );
    -- A roster may have named the kept player since: then the time is another.
    update event_players p set listed_at = played.was_listed_at
    where p.guild_id = merge.guild_id and p.event_id = played.event_id
      and p.player_id = merge.kept_player_id
      and p.listed_at is not distinct from least(played.listed_at, played.was_listed_at);
    delete from event_players p
    where p.guild_id = merge.guild_id and p.event_id = played.event_id
      and p.player_id = merge.kept_player_id and not played.was_played and p.listed_at is null
      and not exists (
        select from reports r
        where r.guild_id = p.guild_id and r.event_id = p.event_id and r.player_id = p.player_id
      )
      and not in_rounds(p.guild_id, p.event_id, p.player_id);
    perform settle_player(merge.guild_id, played.event_id, merge.merged_player_id);
    perform settle_player(merge.guild_id, played.event_id, merge.kept_player_id);
  end loop;
end
$$;
