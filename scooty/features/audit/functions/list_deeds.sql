-- /audit: who did what, the newest first: of one member or of all, since a time, before a deed; as
-- far back as the team's retention goes.
create function scooty.list_deeds(
  guild_id bigint, at_most bigint, of_member_id bigint default null,
  since timestamptz default null, before_id bigint default null
) returns jsonb
language plpgsql stable security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  kept_days constant integer := retention_days(guild_id);
begin
  return (
    with found as materialized (
      select a.id, a.at, a.member_id, a.action, a.subject_id, a.detail
      from audit a
      where a.guild_id = list_deeds.guild_id
        and a.at >= clock_timestamp() - make_interval(days => kept_days)
        and (list_deeds.of_member_id is null or a.member_id = list_deeds.of_member_id)
        and (list_deeds.since is null or a.at >= list_deeds.since)
        and (list_deeds.before_id is null or a.id < list_deeds.before_id)
      order by a.id desc
      limit list_deeds.at_most + 1
    ), shown as (
      select * from found order by id desc limit list_deeds.at_most
    )
    select jsonb_build_object(
      'outcome', 'deeds',
      'has_older', (select count(*) > list_deeds.at_most from found),
      'deeds', coalesce((select jsonb_agg(to_jsonb(s) order by s.id desc) from shown s), '[]')
    )
  );
end
$$;
