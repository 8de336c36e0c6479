-- What a member is called whom Discord does not name, as far as they have been met: as a player of
-- the team, or as the reporter of the newest of their reports; otherwise their id.
create function scooty_private.known_member_name(guild_id bigint, member_id bigint) returns text
language sql stable
as $$
  select coalesce(
    (
      select l.member_name from team_links l
      where l.guild_id = known_member_name.guild_id and l.member_id = known_member_name.member_id
    ),
    (
      select r.reporter_name from reports r
      where r.guild_id = known_member_name.guild_id
        and r.reporter_id = known_member_name.member_id
      order by r.id desc limit 1
    ),
    known_member_name.member_id::text
  );
$$;
