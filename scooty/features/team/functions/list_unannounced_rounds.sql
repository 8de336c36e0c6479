-- The rounds, of all guilds, that were applied within the hour and whose message is missing, or of
-- which members are still to be told; the newest of each active event alone, as an older one is no
-- news.
create function scooty.list_unannounced_rounds(at_most bigint) returns jsonb
language plpgsql stable security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
begin
  return (
    select coalesce(jsonb_agg(jsonb_build_object(
      'guild_id', due.guild_id, 'event_id', due.event_id, 'round', due.number
    ) order by due.applied_at desc), '[]')
    from (
      select r.guild_id, r.event_id, r.number, r.applied_at
      from rounds r
      join events e on e.guild_id = r.guild_id and e.id = r.event_id and e.status = 'active'
      where r.applied_at > clock_timestamp() - interval '1 hour'
        and r.number = current_round(r.guild_id, r.event_id)
        and (r.message_id is null or exists (
          select from team_links l
          where l.guild_id = r.guild_id and l.is_notified
            and pairing_told(l.guild_id, l.player_id) <> coalesce(l.told, '')
        ))
      order by r.applied_at desc limit at_most
    ) due
  );
end
$$;
