-- The members who want to be told their pairing and were not told it as it is now.
create function scooty_private.pairing_notices(event scooty_private.events, round smallint)
returns jsonb
language plpgsql stable
as $$
#variable_conflict use_column
begin
  return (
    select coalesce(jsonb_agg(jsonb_build_object(
      'member_id', l.member_id, 'told', pairing_told(l.guild_id, l.player_id),
      'table', p.table_number, 'opponent', o.name, 'teammate_id', mate.member_id,
      'archetype', a.name, 'colours', a.colours,
      'confidence', case when a.name is not null then played.consensus_confidence end
    ) order by l.member_id), '[]')
    from team_links l
    join pairings p on p.guild_id = l.guild_id and p.event_id = pairing_notices.event.id
      and p.round = pairing_notices.round and p.player_id = l.player_id
    left join players o on o.guild_id = p.guild_id and o.id = p.opponent_id
    left join team_links mate on mate.guild_id = p.guild_id and mate.player_id = p.opponent_id
    left join event_players played on played.guild_id = p.guild_id
      and played.event_id = p.event_id and played.player_id = p.opponent_id
    left join reports r on r.guild_id = played.guild_id and r.id = played.consensus_report_id
      and pairing_notices.event.phase <> 'draft'
    left join archetypes a on a.guild_id = r.archetype_guild_id and a.id = r.archetype_id
    where l.guild_id = pairing_notices.event.guild_id and l.is_notified
      and pairing_told(l.guild_id, l.player_id) is distinct from l.told
  );
end
$$;
