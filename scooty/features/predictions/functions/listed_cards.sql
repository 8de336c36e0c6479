-- The cards of a decklist, as a list of names, at most sixty lines of it; null when there is none.
create function scooty_private.listed_cards(list scooty_private.decklists) returns jsonb
language sql immutable
as $$
  select jsonb_path_query_array(list.main || list.side, '$[0 to 59].card')
    || coalesce(to_jsonb(list.companion), '[]');
$$;
