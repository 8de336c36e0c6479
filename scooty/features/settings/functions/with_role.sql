-- A list of roles with `added` at its end, and without those of `given` that were in it before.
create function scooty_private.with_role(role_ids bigint[], added bigint, given bigint[])
returns bigint[]
language sql immutable
as $$
  select coalesce(array_agg(id order by place), '{}')
  from (
    select id, place from unnest(role_ids) with ordinality as listed (id, place)
    where not exists (select from unnest(given) as moved (id) where moved.id = listed.id)
    union all
    select added, 2147483647 where added is not null
  ) roles;
$$;
