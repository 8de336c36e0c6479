-- Say which round the pairings of an import that waits are of, where they do not say it themselves.
create function scooty.number_round_file(
  guild_id bigint, request_id bigint, member_id bigint, import_id bigint, round bigint
) returns jsonb
language plpgsql security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
begin
  update pending_imports i
  set content = i.content || jsonb_build_object(
    'round', number_round_file.round, 'round_from', 'told'
  )
  where i.guild_id = number_round_file.guild_id
    and i.request_id = number_round_file.import_id
    and i.created_by = number_round_file.member_id and i.kind = 'pairings'
    and i.content->>'round_from' in ('proposed', 'told')
    and number_round_file.round between 1 and 30;
  return round_file_preview(waiting_round_file(guild_id, member_id, 'pairings', import_id));
end
$$;
