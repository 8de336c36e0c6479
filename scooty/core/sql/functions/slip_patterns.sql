-- LIKE patterns for a search_text with a word that begins with a short typed word but for one slip
-- of the hand: two letters swapped, one missing, one too many or one wrong. Longer words share
-- enough trigrams with what was meant; in three letters the last two kinds would fit half of all
-- names. There are none for a text that is not one such word.
create function scooty_private.slip_patterns(text_key text) returns text[]
language sql immutable
as $$
  select array_agg('% ' || overlay(text_key placing slip.letters from place for slip.width) || '%')
  from generate_series(1, char_length(text_key)) place
  cross join lateral (values
    (3, 2, reverse(substr(text_key, place, 2))),
    (3, 0, '_'),
    (4, 1, ''),
    (4, 1, '_')
  ) slip (shortest, width, letters)
  where text_key ~ '^[[:alpha:]]+$'
    and char_length(text_key) between slip.shortest and 7
    and (place < char_length(text_key) or slip.width < 2)
    and (place > 1 or slip.letters <> '_');
$$;
