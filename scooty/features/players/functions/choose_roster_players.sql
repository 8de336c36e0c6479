-- Note which of a roster's names, by their places, are the players whom they are like.
create function scooty.choose_roster_players(
  guild_id bigint, request_id bigint, member_id bigint, import_id bigint, chosen jsonb
) returns jsonb
language plpgsql security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
begin
  update pending_imports i
  set content = i.content || jsonb_build_object('chosen', choose_roster_players.chosen)
  where i.guild_id = choose_roster_players.guild_id
    and i.request_id = choose_roster_players.import_id
    and i.created_by = choose_roster_players.member_id and i.kind = 'roster';
  return import_kept(guild_id, member_id, 'roster', import_id);
end
$$;
