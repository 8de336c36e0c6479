-- Store reports that waited together, in their order: all of them, or none when one is refused.
--
-- Each is what record_report stores, under its own request id; so a repeated call stores nothing
-- twice. The request id beside them is the first one's.
create function scooty.record_reports(guild_id bigint, request_id bigint, reports jsonb)
returns jsonb
language plpgsql security definer
set search_path = scooty_private, extensions, pg_temp
set plan_cache_mode = force_generic_plan
as $$
declare
  report jsonb;
  answers jsonb := '[]';
begin
  for report in
    select e.value from jsonb_array_elements(record_reports.reports) with ordinality e (value, place)
    order by e.place
  loop
    answers := answers || jsonb_build_array(scooty.record_report(
      guild_id => record_reports.guild_id,
      request_id => (report->>'request_id')::bigint,
      reporter_id => (report->>'reporter_id')::bigint,
      reporter_name => report->>'reporter_name',
      opponent => report->>'opponent',
      name_key => report->>'name_key',
      word_key => report->>'word_key',
      archetype_key => report->>'archetype_key',
      archetype_word_key => report->>'archetype_word_key',
      comment => report->>'comment',
      round => (report->>'round')::bigint,
      source => coalesce(report->>'source', 'seen'),
      confidence => coalesce(report->>'confidence', 'sure')
    ));
  end loop;
  return answers;
end
$$;
