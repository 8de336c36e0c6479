-- All that somebody wrote in a report, to be searched.
create function scooty_private.report_texts(report scooty_private.reports) returns text
language sql stable
as $$
  select concat_ws(
    e'\n', report.comment, report.companion, report.key_cards, report.sideboard,
    report.play_pattern, report.variant
  );
$$;
