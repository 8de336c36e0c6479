-- Store a list that waits with its player, in the place of any earlier one in the event; and with an
-- archetype, which is one that the preview offered, report the player as that: in one transaction.
create function scooty.apply_decklist(
  guild_id bigint, request_id bigint, member_id bigint, member_name text, import_id bigint,
  archetype_id bigint default null
) returns jsonb
language plpgsql security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  known jsonb := begin_request(guild_id, request_id);
  pending pending_imports;
  event events;
  archetype archetypes;
  recorded jsonb;
  stored jsonb;
begin
  if known is not null then
    return known;
  end if;
  select * into pending from pending_imports i
  where i.guild_id = apply_decklist.guild_id and i.request_id = apply_decklist.import_id
    and i.created_by = apply_decklist.member_id and i.kind = 'decklist'
    and i.expires_at > clock_timestamp()
  for update;
  if pending.request_id is null then
    return jsonb_build_object('outcome', 'import_gone');
  end if;
  select * into event from events e
  where e.guild_id = pending.guild_id and e.id = (pending.content->>'event_id')::bigint;
  if event.status is distinct from 'active' then
    return jsonb_build_object('outcome', 'event_over', 'event', event.name);
  end if;

  if archetype_id is not null then
    perform hold_archetypes(guild_id);
    archetype := current_archetype(guild_id, archetype_id);
    if archetype.id is null then
      return jsonb_build_object('outcome', 'archetype_gone');
    end if;
    recorded := store_report(
      guild_id, request_id, event, archetype, pending.content->>'name',
      pending.content->>'name_key', pending.content->>'word_key', null, member_id, member_name,
      source => 'decklist', confidence => 'sure'
    );
  end if;
  stored := store_decklist(event, pending.content, member_id);
  if char_length(pending.content->>'companion') between 1 and 100 then
    update reports r set companion = pending.content->>'companion'
    where r.guild_id = apply_decklist.guild_id and r.request_id = apply_decklist.request_id;
  end if;
  if recorded is not null then
    -- The card as it is with the list and the companion.
    recorded := recorded - 'index_change' || jsonb_build_object(
      'card', player_card(guild_id, event, (stored->>'player_id')::bigint)
    );
  end if;

  delete from pending_imports i
  where i.guild_id = pending.guild_id and i.request_id = pending.request_id;
  return end_request(
    guild_id, request_id, member_id, 'decklist', event.id,
    jsonb_build_object(
      'event', event.name, 'main', stored->'main', 'side', stored->'side',
      'replaced', jsonb_typeof(stored->'replaced') = 'object'
    ),
    stored || jsonb_build_object(
      'outcome', 'decklist_added', 'event', event.name, 'recorded', recorded
    )
  );
end
$$;
