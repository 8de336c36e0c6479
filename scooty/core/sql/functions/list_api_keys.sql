-- The keys of the API by the first letters of their hashes, the newest ten, oldest first.
create function scooty.list_api_keys() returns jsonb
language sql stable security definer
set search_path = scooty_private, extensions, pg_temp
as $$
  select coalesce(jsonb_agg(jsonb_build_object(
    'fingerprint', left(encode(k.key_hash, 'hex'), 8),
    'made_at', k.created_at,
    'retired_at', k.retired_at,
    'is_callers', k.key_hash is not distinct from sent_key_hash()
  ) order by k.created_at), '[]')
  from (select * from api_keys order by created_at desc limit 10) k;
$$;
