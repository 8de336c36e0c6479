-- What is new in a guild's active event up to a moment, since the last digest before it: the last
-- one that went out, or a day ago. Two digests never tell of the same report.
create function scooty.read_digest(guild_id bigint, until timestamptz) returns jsonb
language plpgsql stable security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  settings guild_settings;
  event events := active_event(guild_id);
  since timestamptz := coalesce(
    (
      select max(f.due_at) from fires f
      where f.job = 'daily_digest' and f.outcome = 'ok' and f.due_at < read_digest.until
    ),
    read_digest.until - interval '1 day'
  );
  fresh jsonb;
begin
  select * into settings from guild_settings s where s.guild_id = read_digest.guild_id;
  if settings.digest_channel_id is null or event.id is null then
    return jsonb_build_object('outcome', 'no_digest');
  end if;
  select jsonb_build_object(
    'reports', coalesce(sum(by_member.reports), 0),
    'contributors', coalesce(jsonb_agg(jsonb_build_object(
      'member_id', by_member.reporter_id, 'reports', by_member.reports,
      'players', by_member.players
    ) order by by_member.reports desc, by_member.reporter_id)
      filter (where by_member.reporter_id <> 0), '[]')
  ) into fresh
  from (
    select r.reporter_id, count(*) as reports, count(distinct r.player_id) as players
    from reports r
    where r.guild_id = read_digest.guild_id and r.event_id = event.id and r.undone_at is null
      and r.reported_at >= since and r.reported_at < read_digest.until
    group by r.reporter_id
  ) by_member;
  if fresh->'reports' = '0' then
    return jsonb_build_object('outcome', 'no_digest');
  end if;
  return fresh || jsonb_build_object(
    'outcome', 'digest',
    'channel_id', settings.digest_channel_id,
    'language', settings.language,
    'ethics_line', settings.ethics_line,
    'since', since,
    'field', field_object(event)
  );
end
$$;
