-- The sha256 of the key that the caller of the API sent; null when none was sent.
create function scooty_private.sent_key_hash() returns bytea
language sql stable
as $$
  select sha256(convert_to(
    nullif(current_setting('request.headers', true), '')::jsonb ->> 'x-scooty-key', 'UTF8'
  ));
$$;
