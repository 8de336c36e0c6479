-- A guild's live board: where it stands, and all that it shows. The field is null without an active
-- event.
create function scooty.read_board(guild_id bigint) returns jsonb
language plpgsql stable security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  board live_boards;
  settings guild_settings;
  event events := active_event(guild_id);
begin
  select * into board from live_boards b where b.guild_id = read_board.guild_id;
  if board.guild_id is null then
    return jsonb_build_object('outcome', 'no_board');
  end if;
  select * into settings from guild_settings s where s.guild_id = read_board.guild_id;
  return jsonb_build_object(
    'outcome', 'board',
    'channel_id', board.channel_id,
    'message_id', board.message_id,
    'started_at', board.started_at,
    'language', settings.language,
    'ethics_line', settings.ethics_line,
    'field', case when event.id is not null then field_object(event) end,
    'newest', coalesce((
      select jsonb_agg(jsonb_build_object(
        'player', pl.name, 'archetype', a.name, 'colours', a.colours,
        'reported_at', r.reported_at
      ) order by r.id desc)
      from (
        select * from reports r
        where r.guild_id = read_board.guild_id and r.event_id = event.id and r.undone_at is null
        order by r.id desc limit 5
      ) r
      join players pl on pl.guild_id = r.guild_id and pl.id = r.player_id
      join archetypes a on a.guild_id = r.archetype_guild_id and a.id = r.archetype_id
    ), '[]')
  );
end
$$;
