-- What it would do to apply an import that waits; that it is gone when there is none.
create function scooty_private.round_file_preview(pending scooty_private.pending_imports)
returns jsonb
language plpgsql stable
as $$
#variable_conflict use_column
declare
  event events;
begin
  select * into event from events e
  where e.guild_id = pending.guild_id and e.id = (pending.content->>'event_id')::bigint;
  if event.id is null then
    return jsonb_build_object('outcome', 'import_gone');
  end if;
  return jsonb_build_object(
    'outcome', 'round_file_kept', 'import_id', pending.request_id,
    'expires_at', pending.expires_at, 'event', event.name,
    'skipped_count', pending.content->'skipped_count', 'skipped', pending.content->'skipped',
    'likely_count', pending.content->'likely_count', 'likely', pending.content->'likely',
    'chosen', coalesce(pending.content->'chosen', '[]'),
    'round', pending.content->'round', 'round_from', pending.content->'round_from',
    'told', pending.content->'told', 'elsewhere', pending.content->'elsewhere',
    'is_there', case pending.kind
      when 'pairings' then exists (
        select from rounds r
        where r.guild_id = event.guild_id and r.event_id = event.id
          and r.number = (pending.content->>'round')::smallint
      )
      else exists (
        select from standings s where s.guild_id = event.guild_id and s.event_id = event.id
      )
    end,
    'counts', round_file_counts(event, pending.content)
  );
end
$$;
