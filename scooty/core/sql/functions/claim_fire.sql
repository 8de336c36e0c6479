-- Make a fire the owner's own for the length of a lease; the time is the database's, so that
-- processes with different clocks agree.
create function scooty.claim_fire(
  job text, fire_key text, due_at timestamptz, by_hand boolean, owner text, lease_s double precision
) returns jsonb
language plpgsql security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  lease_until timestamptz := clock_timestamp() + make_interval(secs => lease_s);
  fire fires;
  is_paused boolean;
begin
  insert into jobs (name, settled_to) values (claim_fire.job, clock_timestamp())
  on conflict (name) do nothing;
  -- The job's row is locked, so that claims, settlements and pauses of one job come in turn.
  select j.paused_at is not null into is_paused from jobs j where j.name = claim_fire.job for update;
  select * into fire from fires f
  where f.job = claim_fire.job and f.fire_key = claim_fire.fire_key;
  if fire.outcome is not null then
    return jsonb_build_object('outcome', 'settled');
  elsif fire.lease_until > clock_timestamp() then
    return jsonb_build_object('outcome', 'held', 'until', fire.lease_until);
  elsif is_paused and not claim_fire.by_hand then
    return jsonb_build_object('outcome', 'paused');
  end if;

  insert into fires as f (job, fire_key, due_at, by_hand, owner, lease_until)
  values (
    claim_fire.job, claim_fire.fire_key, claim_fire.due_at, claim_fire.by_hand, claim_fire.owner,
    lease_until
  )
  on conflict (job, fire_key) do update
    set owner = excluded.owner, lease_until = excluded.lease_until, attempt = f.attempt + 1
  returning * into fire;
  return jsonb_build_object('outcome', 'claimed', 'attempt', fire.attempt);
end
$$;
