-- Give a lease back at once, so that a stand-by need not wait for its end.
create function scooty.release_lease(name text, owner text) returns jsonb
language plpgsql security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
begin
  update leases l set expires_at = clock_timestamp()
  where l.name = release_lease.name and l.owner = release_lease.owner;
  return to_jsonb(found);
end
$$;
