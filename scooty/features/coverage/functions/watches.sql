-- Who watches whom in an event, by table, whether the player is in the round or not.
create function scooty_private.watches(guild_id bigint, event_id bigint, round smallint)
returns jsonb
language sql stable
as $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'player_id', p.id, 'name', p.name, 'member_id', w.member_id, 'table_number', x.table_number
  ) order by x.table_number nulls last, p.id), '[]')
  from assignments w
  join players p on p.guild_id = w.guild_id and p.id = w.player_id
  left join pairings x on x.guild_id = w.guild_id and x.event_id = w.event_id
    and x.round = watches.round and x.player_id = w.player_id
  where w.guild_id = watches.guild_id and w.event_id = watches.event_id;
$$;
