-- The answer to a stored report, for its first request and for every repetition of it. What was
-- known before is derived from the card; `previous_archetype` is for programs that do not.
create function scooty_private.report_recorded(
  report scooty_private.reports, event scooty_private.events
) returns jsonb
language plpgsql stable
as $$
#variable_conflict use_column
declare
  previous text;
begin
  select a.name into previous
  from (
    select r.archetype_guild_id, r.archetype_id from reports r
    where r.guild_id = report.guild_id and r.event_id = report.event_id
      and r.player_id = report.player_id and r.id < report.id and r.undone_at is null
    order by r.id desc limit 1
  ) before
  cross join lateral (
    select a.name from archetypes a
    where a.guild_id = before.archetype_guild_id and a.id = before.archetype_id
    limit 1
  ) a
  where before.archetype_id <> report.archetype_id;

  return jsonb_build_object(
    'outcome', 'recorded',
    'report_id', report.id,
    'previous_archetype', previous,
    'card', player_card(
      report.guild_id, event, report.player_id,
      case when report.undone_at is not null then report.id end
    )
  );
end
$$;
