-- /setup: change those settings that `changes` names, each to its value; null leaves one empty.
-- What it does not name stays, so that two who change different things at once both do. The roles
-- are another function's (grant_roles).
--
-- The audit holds which settings were changed, and their values but for the line of text.
create function scooty.change_settings(
  guild_id bigint, request_id bigint, member_id bigint, changes jsonb
) returns jsonb
language plpgsql security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  known jsonb := begin_request(guild_id, request_id);
begin
  if known is not null then
    return known;
  end if;

  insert into guild_settings (guild_id, updated_by)
  values (change_settings.guild_id, change_settings.member_id)
  on conflict do nothing;
  update guild_settings s set (
    admin_channel_id, digest_channel_id, language, retention_days, ethics_line, updated_by,
    updated_at
  ) = (
    select n.admin_channel_id, n.digest_channel_id, n.language, n.retention_days, n.ethics_line,
      change_settings.member_id, clock_timestamp()
    from jsonb_populate_record(s, changes) n
  )
  where s.guild_id = change_settings.guild_id;

  return end_request(
    guild_id, request_id, member_id, 'setup', null,
    changes - 'ethics_line' || jsonb_build_object(
      'changed', (select coalesce(jsonb_agg(k order by k), '[]') from jsonb_object_keys(changes) k)
    ),
    jsonb_build_object('outcome', 'changed', 'settings', settings_object(guild_id))
  );
end
$$;
