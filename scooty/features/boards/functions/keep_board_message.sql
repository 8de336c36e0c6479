-- Remember which message is a guild's live board. The request's id is the message's own; doing it
-- again changes nothing.
create function scooty.keep_board_message(
  guild_id bigint, request_id bigint, channel_id bigint, message_id bigint
) returns jsonb
language plpgsql security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
begin
  update live_boards b set message_id = keep_board_message.message_id
  where b.guild_id = keep_board_message.guild_id
    and b.channel_id = keep_board_message.channel_id;
  return jsonb_build_object('outcome', case when found then 'board_kept' else 'no_board' end);
end
$$;
