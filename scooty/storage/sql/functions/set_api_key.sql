-- Let callers with the public key in who send the key with this hash, and nobody with a former
-- one; null lets none of them in.
create function scooty_private.set_api_key(key_hash bytea) returns void
language plpgsql
set search_path = scooty_private, pg_catalog, pg_temp
as $$
#variable_conflict use_variable
begin
  delete from api_keys k where k.key_hash is distinct from set_api_key.key_hash;
  if key_hash is not null then
    insert into api_keys (key_hash) values (set_api_key.key_hash) on conflict do nothing;
  end if;
  perform grant_functions();
end
$$;
