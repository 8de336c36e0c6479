-- What stands on one player's half page for a round.
create function scooty_private.brief_sheet(
  guild_id bigint, event scooty_private.events, round bigint, player_id bigint
) returns jsonb
language plpgsql stable
as $$
#variable_conflict use_column
begin
  return (select jsonb_build_object(
    'player_id', p.id,
    'name', p.name,
    'is_paired', x.player_id is not null,
    'table_number', x.table_number,
    'opponent', case when o.id is not null then jsonb_build_object(
      'name', o.name,
      'is_teammate', exists (
        select from team_links l where l.guild_id = o.guild_id and l.player_id = o.id
      ),
      'card', player_card(brief_sheet.guild_id, brief_sheet.event, o.id),
      'elsewhere', known_elsewhere(brief_sheet.guild_id, brief_sheet.event.id, o.id),
      'listed_side', (
        select string_agg(concat_ws(' ', card ->> 'count', card ->> 'card'), ', ' order by place)
        from decklists d
        cross join lateral jsonb_array_elements(d.side) with ordinality as listed (card, place)
        where d.guild_id = o.guild_id and d.event_id = brief_sheet.event.id and d.player_id = o.id
      ),
      'meetings', team_meetings(
        brief_sheet.guild_id, brief_sheet.event.id, brief_sheet.round, o.id
      )
    ) end
  )
  from players p
  left join pairings x on x.guild_id = p.guild_id and x.event_id = brief_sheet.event.id
    and x.round = brief_sheet.round and x.player_id = p.id
  left join players o on o.guild_id = p.guild_id and o.id = x.opponent_id
  where p.guild_id = brief_sheet.guild_id and p.id = brief_sheet.player_id);
end
$$;
