-- What a member who wants direct messages was told last: the event, the round, the opponent and the
-- table, so that a pairing that changed is told and one that did not is not told again.
alter table scooty_private.team_links
  add column told text check (char_length(told) between 1 and 100);
