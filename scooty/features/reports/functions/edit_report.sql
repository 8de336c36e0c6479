-- Change what a report says. `changes` holds what was in the form, null where it was left empty; an
-- archetype is named beside it, as it has to be found. Nothing is overwritten that the form's reader
-- had not seen: a report of another revision is answered as it is now.
create function scooty.edit_report(
  guild_id bigint, request_id bigint, member_id bigint, as_captain boolean, report_id bigint,
  revision bigint, changes jsonb, archetype text default null, archetype_key text default null,
  archetype_word_key text default null
) returns jsonb
language plpgsql security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  known jsonb := begin_request(guild_id, request_id);
  refusal jsonb;
  report reports;
  edited reports;
  named archetypes;
  before jsonb;
begin
  if known is not null then
    return known;
  end if;
  perform hold_archetypes(guild_id);
  report := lock_report(guild_id, report_id);
  refusal := change_refusal(report, member_id, as_captain, revision);
  if refusal is not null then
    return refusal;
  end if;

  before := report_content(report);
  edited := jsonb_populate_record(report, (
    select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(changes)
    where key in (
      'comment', 'round', 'table_number', 'variant', 'colours', 'companion', 'key_cards',
      'sideboard', 'play_pattern'
    )
  ));
  -- The name that the form was opened with stays what it was, even if it is not offered any more.
  if archetype <> before ->> 'archetype' then
    named := find_archetype(guild_id, archetype_key, archetype_word_key);
    if named.id is null then
      return jsonb_build_object(
        'outcome', 'archetype_unknown', 'report', report_object(report),
        'nearest', nearest_archetypes(guild_id, report.event_id, archetype_key)
      );
    end if;
    edited.archetype_guild_id := named.guild_id;
    edited.archetype_id := named.id;
  end if;
  if report_content(edited) = before then
    return jsonb_build_object('outcome', 'unchanged', 'report', report_object(report));
  end if;

  perform keep_revision(report, member_id);
  edited.revision := report.revision + 1;
  update reports r set
    archetype_guild_id = edited.archetype_guild_id, archetype_id = edited.archetype_id,
    comment = edited.comment, round = edited.round, table_number = edited.table_number,
    variant = edited.variant, colours = edited.colours, companion = edited.companion,
    key_cards = edited.key_cards, sideboard = edited.sideboard,
    play_pattern = edited.play_pattern, revision = edited.revision
  where r.guild_id = edited.guild_id and r.id = edited.id;
  perform settle_player(edited.guild_id, edited.event_id, edited.player_id);
  if edited.archetype_id <> report.archetype_id then
    perform shift_archetype_count(
      edited.guild_id, edited.event_id, report.archetype_id, edited.archetype_guild_id,
      edited.archetype_id
    );
  end if;
  return end_request(
    guild_id, request_id, member_id, 'edit', report.id,
    jsonb_build_object(
      'revision', edited.revision, 'archetype', before ->> 'archetype',
      'to', report_content(edited) ->> 'archetype'
    ),
    report_changed(edited, 'edited') || jsonb_build_object('before', before)
  );
end
$$;
