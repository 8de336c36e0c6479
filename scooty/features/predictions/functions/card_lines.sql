-- The cards that a report mentions, one to a line; empty when it mentions none. A companion may have a
-- comma in its name and is one card; the others are parted by commas.
create function scooty_private.card_lines(report scooty_private.reports) returns text
language sql immutable
as $$
  select concat_ws(
    e'\n', report.companion, translate(report.key_cards, ',;', e'\n\n'),
    translate(report.sideboard, ',;', e'\n\n')
  );
$$;
