-- What is offered while a player of the guild is typed, in whatever event; the newest for no text.
create function scooty.suggest_players(guild_id bigint, text_key text) returns jsonb
language plpgsql stable security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  player_ids bigint[];
begin
  if text_key = '' then
    player_ids := array(
      select p.id from players p
      where p.guild_id = suggest_players.guild_id and p.merged_into is null
      order by p.id desc limit 25
    );
  else
    player_ids := alike_players(guild_id, text_key, 25);
  end if;
  return guild_players(guild_id, player_ids);
end
$$;
