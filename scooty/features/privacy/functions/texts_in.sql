-- The strings of a JSON value, to be searched: never its keys, numbers or punctuation, of which a
-- player's name may be one.
create function scooty_private.texts_in(content jsonb) returns text
language sql immutable
as $$
  select string_agg(found.value #>> '{}', e'\n')
  from jsonb_path_query(content, 'strict $.**') as found(value)
  where jsonb_typeof(found.value) = 'string';
$$;
