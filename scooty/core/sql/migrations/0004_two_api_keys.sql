-- Two keys may be valid at once, so that one can be exchanged while the bot is at work. A retired one
-- is remembered, so that an old script does not let it in again.
alter table scooty_private.api_keys
  add column place smallint default 1 check (place in (1, 2)),
  add column retired_at timestamptz,
  add unique (place),
  add check ((place is null) = (retired_at is not null));
alter table scooty_private.api_keys alter column place drop default;
