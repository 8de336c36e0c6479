-- /live stop: a guild has no live board any more.
create function scooty.stop_board(guild_id bigint, request_id bigint, member_id bigint)
returns jsonb
language plpgsql security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  known jsonb := begin_request(guild_id, request_id);
  board live_boards;
begin
  if known is not null then
    return known;
  end if;
  delete from live_boards b where b.guild_id = stop_board.guild_id returning * into board;
  if board.guild_id is null then
    return jsonb_build_object('outcome', 'no_board');
  end if;
  return end_request(
    guild_id, request_id, member_id, 'live_stop', board.channel_id, '{}',
    jsonb_build_object(
      'outcome', 'board_stopped',
      'channel_id', board.channel_id, 'message_id', board.message_id
    )
  );
end
$$;
