-- The answer that a request has had already; null when it is new. Two that run at once do so in turn.
-- For requests that keep no row with their own id; `end_request` keeps the answer.
create function scooty_private.begin_request(guild_id bigint, request_id bigint) returns jsonb
language plpgsql
as $$
#variable_conflict use_column
begin
  perform pg_advisory_xact_lock(hashtextextended('scooty.request', request_id));
  return (
    select a.answer from answered_requests a
    where a.guild_id = begin_request.guild_id and a.request_id = begin_request.request_id
  );
end
$$;
