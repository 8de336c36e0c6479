-- Names of a guild's players, of all events, in which every typed word begins a word; in their order.
create function scooty.suggest_known_players(guild_id bigint, text_key text) returns jsonb
language plpgsql stable security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
begin
  return (
    select coalesce(jsonb_agg(found.name order by found.name), '[]')
    from (
      select distinct p.id, p.name
      from player_names n
      join players p on p.guild_id = n.guild_id and p.id = n.player_id
      where n.guild_id = suggest_known_players.guild_id
        and n.search_text like all (coalesce(word_patterns(text_key), '{%}'))
      order by p.name, p.id
      limit 25
    ) found
  );
end
$$;
