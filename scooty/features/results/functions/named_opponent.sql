-- The player of that name, or the only one with its words in another order; null when there is none.
create function scooty_private.named_opponent(guild_id bigint, name_key text, word_key text)
returns bigint
language sql stable
as $$
  select coalesce(
    (
      select n.player_id from player_names n
      where n.guild_id = named_opponent.guild_id and n.name_key = named_opponent.name_key
    ),
    (
      select min(n.player_id) from player_names n
      where n.guild_id = named_opponent.guild_id and n.word_key = named_opponent.word_key
      having count(distinct n.player_id) = 1
    )
  );
$$;
