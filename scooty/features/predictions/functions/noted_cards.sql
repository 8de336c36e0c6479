-- The cards that the reports of a player in an event mention, one to a line, the newest first, and cut
-- where they are many; null when no report mentions any.
create function scooty_private.noted_cards(guild_id bigint, event_id bigint, player_id bigint)
returns text
language sql stable
as $$
  select left(string_agg(card_lines(r), e'\n' order by r.id desc), 1200)
  from reports r
  where r.guild_id = noted_cards.guild_id and r.event_id = noted_cards.event_id
    and r.player_id = noted_cards.player_id and r.undone_at is null and card_lines(r) <> '';
$$;
