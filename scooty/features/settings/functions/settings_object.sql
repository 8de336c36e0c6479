-- A team's settings as they are answered.
create function scooty_private.settings_object(guild_id bigint) returns jsonb
language sql stable
as $$
  select jsonb_build_object(
    'captain_role_ids', coalesce(to_jsonb(s.captain_role_ids), '[]'),
    'scout_role_ids', coalesce(to_jsonb(s.scout_role_ids), '[]'),
    'reader_role_ids', coalesce(to_jsonb(s.reader_role_ids), '[]'),
    'admin_channel_id', s.admin_channel_id,
    'digest_channel_id', s.digest_channel_id,
    'language', s.language,
    'retention_days', s.retention_days,
    'ethics_line', s.ethics_line
  )
  from (select settings_object.guild_id as id) asked
  left join guild_settings s on s.guild_id = asked.id;
$$;
