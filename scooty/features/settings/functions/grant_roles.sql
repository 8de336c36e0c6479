-- /setup roles: let some of the server's roles make people captains, scouts or readers, after those
-- that are named in `cleared` have lost all of theirs. A role that is given anew leaves the list in
-- which it was before, so that each role says one thing.
create function scooty.grant_roles(
  guild_id bigint, request_id bigint, member_id bigint, cleared jsonb,
  captain_role_id bigint default null, scout_role_id bigint default null,
  reader_role_id bigint default null
) returns jsonb
language plpgsql security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  known jsonb := begin_request(guild_id, request_id);
  given constant bigint[] := array[captain_role_id, scout_role_id, reader_role_id];
  lists guild_settings;
begin
  if known is not null then
    return known;
  end if;
  -- Before there is a row that could be locked, two first ones must not overlook each other.
  perform pg_advisory_xact_lock(hashtextextended('scooty.settings', guild_id));
  select * into lists from guild_settings s where s.guild_id = grant_roles.guild_id for update;
  lists.captain_role_ids := with_role(
    case when not cleared ? 'captain' then lists.captain_role_ids end, captain_role_id, given
  );
  lists.scout_role_ids := with_role(
    case when not cleared ? 'scout' then lists.scout_role_ids end, scout_role_id, given
  );
  lists.reader_role_ids := with_role(
    case when not cleared ? 'reader' then lists.reader_role_ids end, reader_role_id, given
  );
  if 25 < any (array[
    cardinality(lists.captain_role_ids), cardinality(lists.scout_role_ids),
    cardinality(lists.reader_role_ids)
  ]) then
    return jsonb_build_object('outcome', 'too_many_roles');
  end if;

  insert into guild_settings as s (
    guild_id, captain_role_ids, scout_role_ids, reader_role_ids, updated_by
  ) values (
    grant_roles.guild_id, lists.captain_role_ids, lists.scout_role_ids, lists.reader_role_ids,
    grant_roles.member_id
  )
  on conflict (guild_id) do update set
    captain_role_ids = excluded.captain_role_ids, scout_role_ids = excluded.scout_role_ids,
    reader_role_ids = excluded.reader_role_ids, updated_by = excluded.updated_by,
    updated_at = clock_timestamp();
  return end_request(
    guild_id, request_id, member_id, 'setup_roles', null,
    jsonb_strip_nulls(jsonb_build_object(
      'cleared', cleared, 'captain_role_id', captain_role_id, 'scout_role_id', scout_role_id,
      'reader_role_id', reader_role_id
    )),
    jsonb_build_object('outcome', 'changed', 'settings', settings_object(guild_id))
  );
end
$$;
