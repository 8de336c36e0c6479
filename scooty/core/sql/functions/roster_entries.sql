-- The names of a kept roster, each with the player whom it was matched with or, where a person said
-- so, whom it is like: under the player they were merged into since, or nobody.
create function scooty_private.roster_entries(guild_id bigint, content jsonb)
returns table (
  name text, name_key text, word_key text, handle_key text, handle_word_key text, player_id bigint,
  place bigint
)
language sql stable
as $$
  -- Looked up once: a large roster is kept compressed, and would be unpacked for each of its names.
  with said as materialized (
    select coalesce(content->'chosen', '[]') as chosen
  )
  select e.name, e.name_key, e.word_key, e.handle_key, e.handle_word_key,
    case when p.merged_into is null then p.id when q.merged_into is null then q.id end,
    e.place
  from jsonb_to_recordset(content->'entries') e (
    place bigint, name text, name_key text, word_key text, handle_key text, handle_word_key text,
    player_id bigint, likely_id bigint
  )
  cross join said
  left join players p on p.guild_id = roster_entries.guild_id and p.id = coalesce(
    e.player_id, case when said.chosen @> to_jsonb(e.place) then e.likely_id end
  )
  left join players q on q.guild_id = p.guild_id and q.id = p.merged_into;
$$;
