-- What a person sees of an import that waits; that it is gone when it was applied, is somebody else's
-- or too old.
create function scooty_private.import_kept(
  guild_id bigint, member_id bigint, kind text, import_id bigint
) returns jsonb
language plpgsql stable
as $$
#variable_conflict use_column
begin
  return coalesce((
    select jsonb_build_object(
      'outcome', 'import_kept', 'import_id', i.request_id, 'expires_at', i.expires_at,
      'summary', i.content->'summary', 'chosen', coalesce(i.content->'chosen', '[]')
    )
    from pending_imports i
    where i.guild_id = import_kept.guild_id and i.request_id = import_kept.import_id
      and i.kind = import_kept.kind and i.created_by = import_kept.member_id
      and i.expires_at > clock_timestamp()
  ), jsonb_build_object('outcome', 'import_gone'));
end
$$;
