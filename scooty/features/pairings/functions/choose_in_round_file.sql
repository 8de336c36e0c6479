-- Note which names of an import that waits, by their places, are the players whom they are like.
create function scooty.choose_in_round_file(
  guild_id bigint, request_id bigint, member_id bigint, kind text, import_id bigint, chosen jsonb
) returns jsonb
language plpgsql security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
begin
  update pending_imports i
  set content = i.content || jsonb_build_object('chosen', choose_in_round_file.chosen)
  where i.guild_id = choose_in_round_file.guild_id
    and i.request_id = choose_in_round_file.import_id
    and i.created_by = choose_in_round_file.member_id and i.kind = choose_in_round_file.kind
    and i.kind in ('pairings', 'standings');
  return round_file_preview(waiting_round_file(guild_id, member_id, kind, import_id));
end
$$;
