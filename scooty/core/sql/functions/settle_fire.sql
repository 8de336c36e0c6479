-- Write a fire's done mark; false when it is another's. Skipping needs no claim. What is older than
-- 90 days is forgotten along the way.
create function scooty.settle_fire(
  job text, fire_key text, due_at timestamptz, by_hand boolean, owner text, outcome text,
  error_kind text
) returns jsonb
language plpgsql security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  fire fires;
begin
  insert into jobs (name, settled_to) values (settle_fire.job, settle_fire.due_at)
  on conflict (name) do nothing;
  perform from jobs j where j.name = settle_fire.job for update;
  if settle_fire.outcome = 'skipped' then
    insert into fires as f (job, fire_key, due_at, by_hand, owner, lease_until)
    values (
      settle_fire.job, settle_fire.fire_key, settle_fire.due_at, settle_fire.by_hand,
      settle_fire.owner, clock_timestamp()
    )
    on conflict (job, fire_key) do update set owner = excluded.owner
      where f.outcome is null and f.lease_until <= clock_timestamp();
  end if;
  select * into fire from fires f
  where f.job = settle_fire.job and f.fire_key = settle_fire.fire_key;
  if fire.owner is distinct from settle_fire.owner then
    return 'false';
  elsif fire.outcome is not null then
    return to_jsonb(fire.outcome = settle_fire.outcome);  -- asked again, since an answer was lost
  end if;

  update fires f set
    ended_at = clock_timestamp(), outcome = settle_fire.outcome, error_kind = settle_fire.error_kind
  where f.job = settle_fire.job and f.fire_key = settle_fire.fire_key;
  if not settle_fire.by_hand then
    update jobs j set settled_to = greatest(j.settled_to, settle_fire.due_at)
    where j.name = settle_fire.job;
  end if;
  delete from fires f
  where f.job = settle_fire.job and f.started_at < clock_timestamp() - interval '90 days';
  return 'true';
end
$$;
