-- End the key before the one that the caller sent. Only the newest may do so: whoever has an old key
-- that leaked cannot shut out the one that takes its place.
create function scooty.retire_older_keys() returns jsonb
language plpgsql security definer
set search_path = scooty_private, extensions, pg_temp
as $$
declare
  newest bytea := (
    select k.key_hash from api_keys k where k.retired_at is null order by k.created_at desc limit 1
  );
begin
  if sent_key_hash() is null then
    return jsonb_build_object('outcome', 'no_key_sent');
  elsif sent_key_hash() is distinct from newest then
    return jsonb_build_object('outcome', 'not_the_newest');
  end if;
  return jsonb_build_object('outcome', 'retired', 'count', retire_api_keys(newest));
end
$$;
