-- What a report says, as its revisions keep it: everything that a change may change.
create function scooty_private.report_content(report scooty_private.reports) returns jsonb
language sql stable
as $$
  select jsonb_build_object(
    'archetype', a.name,
    'archetype_guild_id', a.guild_id,
    'archetype_id', a.id,
    'comment', report.comment,
    'round', report.round,
    'table_number', report.table_number,
    'variant', report.variant,
    'colours', report.colours,
    'companion', report.companion,
    'key_cards', report.key_cards,
    'sideboard', report.sideboard,
    'play_pattern', report.play_pattern,
    'deleted', report.undone_at is not null
  )
  from archetypes a
  where a.guild_id = report.archetype_guild_id and a.id = report.archetype_id;
$$;
