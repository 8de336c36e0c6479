-- Remember which message announced a round. The request's id is the message's own; doing it again
-- changes nothing.
create function scooty.keep_round_message(
  guild_id bigint, request_id bigint, event_id bigint, round bigint, channel_id bigint,
  message_id bigint
) returns jsonb
language plpgsql security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
begin
  update rounds r set
    channel_id = keep_round_message.channel_id, message_id = keep_round_message.message_id
  where r.guild_id = keep_round_message.guild_id and r.event_id = keep_round_message.event_id
    and r.number = keep_round_message.round;
  return jsonb_build_object('outcome', case when found then 'message_kept' else 'no_round' end);
end
$$;
