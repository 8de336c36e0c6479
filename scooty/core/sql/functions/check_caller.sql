-- Let a caller of the API in, or refuse it with 42501. The service role is trusted: its key is
-- secret. Everybody else is as good as a stranger, because the project's public key is known to
-- everybody, and has to send a key whose hash is kept here and was not retired.
create function scooty_private.check_caller() returns void
language plpgsql stable
set search_path = scooty_private, pg_catalog, pg_temp
as $$
begin
  -- Not current_user, which is the owner of whatever function runs with its owner's rights.
  if current_setting('role') = 'service_role' then
    return;
  end if;
  if not exists (
    select from api_keys k where k.key_hash = sent_key_hash() and k.retired_at is null
  ) then
    raise insufficient_privilege using message = 'the header x-scooty-key is missing or wrong';
  end if;
end
$$;
