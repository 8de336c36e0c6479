-- /deck add: keep a list that was read for 15 minutes, and tell whose it would be in the active event.
-- Nothing else is changed. Of the archetypes that the list may be, those that may be reported here
-- are told with their ids.
create function scooty.keep_decklist(
  guild_id bigint, request_id bigint, member_id bigint, opponent text, name_key text, word_key text,
  content jsonb
) returns jsonb
language plpgsql security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  event events := active_event(guild_id);
  pending pending_imports;
begin
  if event.id is null then
    return jsonb_build_object('outcome', 'no_active_event');
  end if;
  delete from pending_imports i where i.expires_at < clock_timestamp();
  insert into pending_imports as i (
    guild_id, request_id, kind, content, created_by, expires_at
  ) values (
    keep_decklist.guild_id, keep_decklist.request_id, 'decklist',
    keep_decklist.content - 'archetypes' || jsonb_build_object(
      'event_id', event.id, 'name', keep_decklist.opponent, 'name_key', keep_decklist.name_key,
      'word_key', keep_decklist.word_key
    ),
    keep_decklist.member_id, clock_timestamp() + interval '15 minutes'
  )
  on conflict (guild_id, request_id) do update set expires_at = i.expires_at
  returning * into pending;
  return decklist_kept(pending, event) || jsonb_build_object('archetypes', (
    select coalesce(jsonb_agg(jsonb_build_object(
      'key', wanted.archetype->>'key', 'id', a.id, 'name', a.name, 'colours', a.colours
    ) order by wanted.place), '[]')
    from jsonb_array_elements(keep_decklist.content->'archetypes')
      with ordinality wanted (archetype, place)
    cross join lateral find_archetype(
      keep_decklist.guild_id, wanted.archetype->>'key', wanted.archetype->>'word_key'
    ) a
    where a.id is not null
  ));
end
$$;
