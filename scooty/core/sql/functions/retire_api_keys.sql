-- End every key but this one; null ends them all. Returns how many were ended.
create function scooty_private.retire_api_keys(kept_hash bytea) returns integer
language plpgsql
set search_path = scooty_private, pg_catalog, pg_temp
as $$
declare
  ended integer;
begin
  update api_keys k set place = null, retired_at = clock_timestamp()
  where k.retired_at is null and k.key_hash is distinct from kept_hash;
  get diagnostics ended = row_count;
  perform grant_functions();
  return ended;
end
$$;
