-- Add one more paste to an import that waits. Its places follow those that were there when it was
-- matched: when another paste came in between, nothing is added, and it is matched again.
create function scooty.add_to_round_file(
  guild_id bigint, request_id bigint, member_id bigint, kind text, import_id bigint, content jsonb
) returns jsonb
language plpgsql security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  pending pending_imports;
begin
  perform from pending_imports i
  where i.guild_id = add_to_round_file.guild_id and i.request_id = add_to_round_file.import_id
  for update;
  pending := waiting_round_file(guild_id, member_id, kind, import_id);
  if pending.request_id is null then
    return jsonb_build_object('outcome', 'import_gone');
  end if;
  -- A repeated request has added its paste already.
  if not pending.content->'pastes' @> to_jsonb(request_id) then
    if jsonb_array_length(pending.content->'entries')
      is distinct from (content->>'places_before')::integer
    then
      return jsonb_build_object('outcome', 'import_changed');
    end if;
    update pending_imports i set
      expires_at = clock_timestamp() + interval '15 minutes',
      content = i.content || jsonb_build_object(
        'round', add_to_round_file.content->'round',
        'round_from', add_to_round_file.content->'round_from',
        'told', add_to_round_file.content->'told',
        'pastes', i.content->'pastes' || to_jsonb(add_to_round_file.request_id),
        'entries', i.content->'entries' || (add_to_round_file.content->'entries'),
        'elsewhere', (i.content->>'elsewhere')::integer
          + (add_to_round_file.content->>'elsewhere')::integer,
        'skipped_count', (i.content->>'skipped_count')::integer
          + (add_to_round_file.content->>'skipped_count')::integer,
        -- Of the paste that was just read first: that is what its reader can still mend.
        'skipped', jsonb_path_query_array(
          add_to_round_file.content->'skipped' || (i.content->'skipped'), '$[0 to 19]'
        ),
        'likely_count', (i.content->>'likely_count')::integer
          + (add_to_round_file.content->>'likely_count')::integer,
        'likely', jsonb_path_query_array(
          i.content->'likely' || (add_to_round_file.content->'likely'), '$[0 to 24]'
        )
      )
    where i.guild_id = pending.guild_id and i.request_id = pending.request_id;
  end if;
  return round_file_preview(waiting_round_file(guild_id, member_id, kind, import_id));
end
$$;
