-- How many days after its end a guild's event is kept: what its captains set, else a year.
create function scooty_private.retention_days(guild_id bigint) returns integer
language sql stable
as $$
  select coalesce(
    (
      select s.retention_days from guild_settings s
      where s.guild_id = retention_days.guild_id
    ),
    365
  );
$$;
