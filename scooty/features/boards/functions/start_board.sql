-- /live start: say in which channel a guild's live board stands. Where it stood elsewhere before, its
-- message there is named, so that it can be taken away.
create function scooty.start_board(
  guild_id bigint, request_id bigint, member_id bigint, channel_id bigint
) returns jsonb
language plpgsql security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  known jsonb := begin_request(guild_id, request_id);
  earlier live_boards;
begin
  if known is not null then
    return known;
  end if;
  select * into earlier from live_boards b where b.guild_id = start_board.guild_id for update;
  insert into live_boards as b (guild_id, channel_id, started_by)
  values (start_board.guild_id, start_board.channel_id, start_board.member_id)
  on conflict (guild_id) do update set
    channel_id = excluded.channel_id,
    message_id = case when b.channel_id = excluded.channel_id then b.message_id end,
    started_by = excluded.started_by,
    started_at = excluded.started_at;
  return end_request(
    guild_id, request_id, member_id, 'live_start', start_board.channel_id, '{}',
    jsonb_build_object(
      'outcome', 'board_started',
      'left', case when earlier.channel_id <> start_board.channel_id then
        jsonb_build_object('channel_id', earlier.channel_id, 'message_id', earlier.message_id)
      end
    )
  );
end
$$;
