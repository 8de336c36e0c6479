-- The teammate whose result is told: the member themselves, unless another one's player is named, by
-- id, by a name, or by the same words in another order. Nobody when no member is linked to them.
create function scooty_private.teammate_meant(
  guild_id bigint, member_id bigint, player_id bigint, name_key text, word_key text
) returns scooty_private.team_links
language sql stable
as $$
  select l
  from team_links l
  where l.guild_id = teammate_meant.guild_id and case
    when teammate_meant.name_key is null then l.member_id = teammate_meant.member_id
    else l.player_id = teammate_meant.player_id or exists (
      select from player_names n
      where n.guild_id = l.guild_id and n.player_id = l.player_id
        and n.word_key = teammate_meant.word_key
    )
  end
  order by
    l.player_id = teammate_meant.player_id desc nulls last,
    exists (
      select from player_names n
      where n.guild_id = l.guild_id and n.player_id = l.player_id
        and n.name_key = teammate_meant.name_key
    ) desc,
    l.member_id
  limit 1;
$$;
