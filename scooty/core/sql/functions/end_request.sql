-- Write down who did what, and keep the answer for a repetition of the request; returns the answer.
create function scooty_private.end_request(
  guild_id bigint, request_id bigint, member_id bigint, action text, subject_id bigint,
  detail jsonb, answer jsonb
) returns jsonb
language plpgsql
as $$
#variable_conflict use_column
begin
  perform note_deed(guild_id, request_id, member_id, action, subject_id, detail);
  insert into answered_requests (guild_id, request_id, answer)
  values (end_request.guild_id, end_request.request_id, end_request.answer);
  return answer;
end
$$;
