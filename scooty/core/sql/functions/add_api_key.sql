-- Let callers with the public key in who send the key with this hash, beside those with the key
-- before. Two are enough to exchange one; a third is refused, and so is one that was retired.
create function scooty_private.add_api_key(key_hash bytea) returns void
language plpgsql
set search_path = scooty_private, pg_catalog, pg_temp
as $$
#variable_conflict use_variable
declare
  known api_keys;
  free smallint;
begin
  select * into known from api_keys k where k.key_hash = add_api_key.key_hash;
  if known.retired_at is not null then
    raise exception 'this SCOOTY_DB_KEY was retired at %: make a new one', known.retired_at;
  elsif known.key_hash is null then
    select p into free from unnest('{1,2}'::smallint[]) p
    where not exists (select from api_keys k where k.place = p) order by p limit 1;
    if free is null then
      raise exception 'two keys are valid already: end the older one with scooty keys retire';
    end if;
    insert into api_keys (key_hash, place) values (add_api_key.key_hash, free);
  end if;
  perform grant_functions();
end
$$;
