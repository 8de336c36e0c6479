-- What a revision keeps of a report (`report_content`), with a dash for every name that fits the
-- pattern. The archetype stays: it is no text of the reporter's, whoever bears its name.
create function scooty_private.without_names(content jsonb, pattern text) returns jsonb
language sql immutable
as $$
  select content || coalesce(
    jsonb_object_agg(kept.key, regexp_replace(kept.value #>> '{}', pattern, '—', 'gi')), '{}'
  )
  from jsonb_each(content) as kept
  where jsonb_typeof(kept.value) = 'string' and kept.key <> 'archetype';
$$;
