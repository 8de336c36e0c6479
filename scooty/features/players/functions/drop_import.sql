-- Forget an import that is not to be applied.
create function scooty.drop_import(
  guild_id bigint, request_id bigint, member_id bigint, import_id bigint
) returns jsonb
language plpgsql security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
begin
  delete from pending_imports i
  where i.guild_id = drop_import.guild_id and i.request_id = drop_import.import_id
    and i.created_by = drop_import.member_id;
  return jsonb_build_object('outcome', 'import_gone');
end
$$;
