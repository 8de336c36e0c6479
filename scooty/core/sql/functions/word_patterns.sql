-- One LIKE pattern a typed word, for a search_text that has a word beginning with it. What LIKE
-- takes for wildcards is escaped, because people type them.
create function scooty_private.word_patterns(text_key text) returns text[]
language sql immutable
as $$
  select array_agg(
    '% ' || replace(replace(replace(word, '\', '\\'), '%', '\%'), '_', '\_') || '%'
    order by char_length(word) desc
  )
  from string_to_table(text_key, ' ') word
  where word <> '';
$$;
