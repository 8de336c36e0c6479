-- Who added the list that a player has in an event, and when; null when there is none.
create function scooty_private.replaced_decklist(guild_id bigint, event_id bigint, player_id bigint)
returns jsonb
language sql stable
as $$
  select jsonb_build_object('added_by', d.added_by, 'added_at', d.added_at) from decklists d
  where d.guild_id = replaced_decklist.guild_id and d.event_id = replaced_decklist.event_id
    and d.player_id = replaced_decklist.player_id;
$$;
