-- The cards of a list, with a dash for every name that fits the pattern.
create function scooty_private.cards_without_names(cards jsonb, pattern text) returns jsonb
language plpgsql immutable
as $$
begin
  return (
    select coalesce(jsonb_agg(without_names(c.value, pattern) order by c.place), '[]')
    from jsonb_array_elements(cards) with ordinality as c (value, place)
  );
end
$$;
