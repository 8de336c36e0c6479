-- Let a job's fires pass without running, or run again.
create function scooty.set_job_paused(job text, paused boolean) returns jsonb
language plpgsql security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
begin
  insert into jobs as j (name, settled_to, paused_at)
  values (
    set_job_paused.job, clock_timestamp(), case when set_job_paused.paused then clock_timestamp() end
  )
  on conflict (name) do update set
    paused_at = case when set_job_paused.paused then coalesce(j.paused_at, clock_timestamp()) end;
  return 'true';
end
$$;
