-- /team notify: whether a member gets a direct message when a round is up. What is paired already is
-- not told afterwards.
create function scooty.set_notification(
  guild_id bigint, request_id bigint, member_id bigint, wanted boolean
) returns jsonb
language plpgsql security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  known jsonb := begin_request(guild_id, request_id);
  link team_links;
begin
  if known is not null then
    return known;
  end if;
  select * into link from team_links l
  where l.guild_id = set_notification.guild_id and l.member_id = set_notification.member_id
  for update;
  if link.member_id is null then
    return jsonb_build_object('outcome', 'not_linked');
  elsif link.is_notified = set_notification.wanted then
    return jsonb_build_object('outcome', 'notified_before', 'wanted', link.is_notified);
  end if;
  update team_links l set
    is_notified = set_notification.wanted, told = pairing_told(l.guild_id, l.player_id)
  where l.guild_id = link.guild_id and l.member_id = link.member_id;
  return end_request(
    guild_id, request_id, member_id, case when wanted then 'notify on' else 'notify off' end,
    link.player_id, '{}', jsonb_build_object('outcome', 'notified', 'wanted', wanted)
  );
end
$$;
