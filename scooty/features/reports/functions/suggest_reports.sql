-- What is offered while a report is named: by the beginning of its number, its player or its
-- archetype; the newest first. A captain is offered everybody's.
create function scooty.suggest_reports(
  guild_id bigint, member_id bigint, as_captain boolean, text_key text, number_prefix text,
  with_deleted boolean
) returns jsonb
language plpgsql stable security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  patterns text[] := word_patterns(text_key);
  player_ids bigint[];
  archetype_ids bigint[];
begin
  if patterns is not null then
    player_ids := array(
      select n.player_id from player_names n
      where n.guild_id = suggest_reports.guild_id and n.search_text like all (patterns)
    );
    archetype_ids := array(
      select n.archetype_id from archetype_names n
      where n.guild_id in (0, suggest_reports.guild_id) and n.search_text like all (patterns)
    );
  end if;
  return coalesce((
    select jsonb_agg(m.object order by m.id desc)
    from (
      select r.id, report_object(r) as object from reports r
      where r.guild_id = suggest_reports.guild_id
        and (suggest_reports.as_captain or r.reporter_id = suggest_reports.member_id)
        and (suggest_reports.with_deleted or r.undone_at is null)
        and (
          patterns is null or r.player_id = any (player_ids) or r.archetype_id = any (archetype_ids)
          or suggest_reports.number_prefix <> ''
            and starts_with(r.id::text, suggest_reports.number_prefix)
        )
      order by r.id desc limit 25
    ) m
  ), '[]');
end
$$;
