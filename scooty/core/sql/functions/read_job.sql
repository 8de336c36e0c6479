-- What is known of a scheduled job; one that is new counts as settled up to its start.
create function scooty.read_job(job text, started_at timestamptz) returns jsonb
language plpgsql security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  known jobs;
begin
  insert into jobs (name, settled_to) values (read_job.job, read_job.started_at)
  on conflict (name) do nothing;
  select * into strict known from jobs j where j.name = read_job.job;
  return jsonb_build_object(
    'settled_to', known.settled_to,
    'paused', known.paused_at is not null,
    'interrupted', (
      select jsonb_build_object('key', f.fire_key, 'due_at', f.due_at) from fires f
      where f.job = read_job.job and f.outcome is null and not f.by_hand
      order by f.due_at limit 1
    ),
    'last_run', (
      select jsonb_build_object(
        'key', f.fire_key, 'due_at', f.due_at, 'started_at', f.started_at,
        'ended_at', f.ended_at, 'outcome', f.outcome, 'error_kind', f.error_kind
      )
      from fires f
      where f.job = read_job.job and f.outcome is distinct from 'skipped'
      order by f.started_at desc limit 1
    )
  );
end
$$;
