-- Take or renew a lease of which there is one: whoever asks while it is free, or is its owner, gets
-- it. The epoch tells an owner that came back from the one that it had been before.
create function scooty.take_lease(name text, owner text, lease_s double precision) returns jsonb
language plpgsql security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  lease leases;
begin
  insert into leases as l (name, owner, expires_at)
  values (
    take_lease.name, take_lease.owner, clock_timestamp() + make_interval(secs => take_lease.lease_s)
  )
  on conflict (name) do update set
    owner = excluded.owner,
    expires_at = excluded.expires_at,
    epoch = l.epoch + (l.owner <> excluded.owner or l.expires_at <= clock_timestamp())::integer
    where l.owner = excluded.owner or l.expires_at <= clock_timestamp();
  select * into strict lease from leases l where l.name = take_lease.name;
  return jsonb_build_object(
    'held', lease.owner = take_lease.owner, 'epoch', lease.epoch, 'expires_at', lease.expires_at
  );
end
$$;
