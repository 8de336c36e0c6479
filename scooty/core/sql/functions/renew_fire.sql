-- Lengthen the lease of a fire that is still the owner's.
create function scooty.renew_fire(
  job text, fire_key text, owner text, lease_s double precision
) returns jsonb
language plpgsql security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
begin
  update fires f set lease_until = clock_timestamp() + make_interval(secs => renew_fire.lease_s)
  where f.job = renew_fire.job and f.fire_key = renew_fire.fire_key
    and f.owner = renew_fire.owner and f.outcome is null;
  return to_jsonb(found);
end
$$;
