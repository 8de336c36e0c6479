-- How many cards a board holds.
create function scooty_private.cards_in(board jsonb) returns bigint
language sql immutable
as $$
  select coalesce(sum((each.cards->>'count')::bigint), 0)
  from jsonb_array_elements(board) each (cards);
$$;
