-- What a round's message says and where it stands or should stand, and which members are still to be
-- told their own pairing. Of a round that is not the newest of the active event, nobody is told.
create function scooty.read_announcement(guild_id bigint, event_id bigint, round bigint)
returns jsonb
language plpgsql stable security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  event events;
  applied rounds;
  settings guild_settings;
  is_newest boolean;
begin
  select * into event from events e
  where e.guild_id = read_announcement.guild_id and e.id = read_announcement.event_id;
  select * into applied from rounds r
  where r.guild_id = event.guild_id and r.event_id = event.id
    and r.number = read_announcement.round;
  if applied.number is null then
    return jsonb_build_object('outcome', 'no_round');
  end if;
  select * into settings from guild_settings s where s.guild_id = applied.guild_id;
  is_newest := event.status = 'active'
    and applied.number = current_round(applied.guild_id, applied.event_id);
  return jsonb_build_object(
    'outcome', 'announcement',
    'event', event_object(event),
    'round', applied.number,
    'is_newest', is_newest,
    'is_drafting', event.phase = 'draft',
    'applied_at', applied.applied_at,
    'channel_id', applied.channel_id,
    'message_id', applied.message_id,
    'place_id', coalesce(
      (select b.channel_id from live_boards b where b.guild_id = applied.guild_id),
      settings.admin_channel_id
    ),
    'language', settings.language,
    'ethics_line', settings.ethics_line,
    'matches', (
      select count(*) / 2 from pairings p
      where p.guild_id = applied.guild_id and p.event_id = applied.event_id
        and p.round = applied.number and p.opponent_id is not null
    ),
    'teammates', (
      select count(*) from team_links l
      join pairings p on p.guild_id = l.guild_id and p.event_id = applied.event_id
        and p.round = applied.number and p.player_id = l.player_id
      where l.guild_id = applied.guild_id
    ),
    'known', (
      select count(*) from team_links l
      join pairings p on p.guild_id = l.guild_id and p.event_id = applied.event_id
        and p.round = applied.number and p.player_id = l.player_id
      join event_players o on o.guild_id = p.guild_id and o.event_id = p.event_id
        and o.player_id = p.opponent_id
      where l.guild_id = applied.guild_id and o.consensus_report_id is not null
    ),
    'notices', case when is_newest then pairing_notices(event, applied.number) else '[]' end
  );
end
$$;
