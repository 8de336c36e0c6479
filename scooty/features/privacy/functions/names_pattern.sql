-- A regular expression for every way in which players are written here, as whole words: their names
-- and the folded spellings. To be used without regard to case.
create function scooty_private.names_pattern(guild_id bigint, player_ids bigint[]) returns text
language sql stable
as $$
  with written as (
    select p.name from players p
    where p.guild_id = names_pattern.guild_id and p.id = any (player_ids)
    union
    select n.name_key from player_names n
    where n.guild_id = names_pattern.guild_id and n.player_id = any (player_ids)
  )
  select '(?<!\w)(?:' || string_agg(
    regexp_replace(name, '([^[:alnum:][:space:]])', '\\\1', 'g'), '|' order by char_length(name) desc
  ) || ')(?!\w)'
  from written;
$$;
