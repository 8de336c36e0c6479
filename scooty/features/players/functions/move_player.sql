-- Give everything of one player to another, and return what changed hands. Both rows of players are
-- locked by the caller, so that no report of either begins meanwhile (player_named).
create function scooty_private.move_player(guild_id bigint, from_id bigint, to_id bigint)
returns jsonb
language plpgsql
as $$
#variable_conflict use_column
declare
  moved jsonb;
  watched assignments[];
begin
  perform from event_players p
  where p.guild_id = move_player.guild_id and p.player_id in (from_id, to_id)
  order by p.event_id, p.player_id for update;

  moved := jsonb_build_object(
    'names', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'name_key', n.name_key, 'word_key', n.word_key, 'platform', n.platform
      )), '[]')
      from player_names n
      where n.guild_id = move_player.guild_id and n.player_id = from_id
    ),
    'reports', (
      select coalesce(jsonb_agg(r.id order by r.id), '[]')
      from event_players p
      join reports r using (guild_id, event_id, player_id)
      where p.guild_id = move_player.guild_id and p.player_id = from_id
    ),
    'events', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'event_id', f.event_id, 'listed_at', f.listed_at, 'was_played', t.player_id is not null,
        'was_listed_at', t.listed_at
      )), '[]')
      from event_players f
      left join event_players t
        on t.guild_id = f.guild_id and t.event_id = f.event_id and t.player_id = to_id
      where f.guild_id = move_player.guild_id and f.player_id = from_id
    )
  );

  update player_names n set player_id = to_id
  where n.guild_id = move_player.guild_id and n.player_id = from_id;
  insert into event_players as p (guild_id, event_id, player_id, listed_at)
  select f.guild_id, f.event_id, to_id, f.listed_at from event_players f
  where f.guild_id = move_player.guild_id and f.player_id = from_id
  on conflict (guild_id, event_id, player_id)
    do update set listed_at = least(p.listed_at, excluded.listed_at);
  update reports r set player_id = to_id
  from event_players f
  where f.guild_id = move_player.guild_id and f.player_id = from_id
    and r.guild_id = f.guild_id and r.event_id = f.event_id and r.player_id = f.player_id;
  moved := moved || jsonb_build_object('rounds', move_rounds(guild_id, from_id, to_id));
  delete from event_players f
  where f.guild_id = move_player.guild_id and f.player_id = from_id;
  watched := array(
    select a from assignments a
    where a.guild_id = move_player.guild_id and a.player_id = to_id
      and moved->'events' @> jsonb_build_array(jsonb_build_object('event_id', a.event_id))
  );
  perform settle_player(move_player.guild_id, (e.value->>'event_id')::bigint, to_id)
  from jsonb_array_elements(moved->'events') e;
  return jsonb_set(moved, '{rounds,assignments,ended}', (
    select coalesce(jsonb_agg(to_jsonb(w)), '[]') from unnest(watched) w
    where not exists (
      select from assignments a
      where a.guild_id = w.guild_id and a.event_id = w.event_id and a.player_id = w.player_id
    )
  ));
end
$$;
