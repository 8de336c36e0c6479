-- Let a caller of the API in, or refuse it with 42501. The service role is trusted: its key is
-- secret. Everybody else is as good as a stranger, because the project's public key is known to
-- everybody, and has to send the key whose hash is kept here.
create function scooty_private.check_caller() returns void
language plpgsql stable
set search_path = scooty_private, pg_catalog, pg_temp
as $$
declare
  sent text;
begin
  -- Not current_user, which is the owner of whatever function runs with its owner's rights.
  if current_setting('role') = 'service_role' then
    return;
  end if;
  sent := nullif(current_setting('request.headers', true), '')::jsonb ->> 'x-scooty-key';
  if sent is null or not exists (
    select from api_keys k where k.key_hash = sha256(convert_to(sent, 'UTF8'))
  ) then
    raise insufficient_privilege using message = 'the header x-scooty-key is missing or wrong';
  end if;
end
$$;
