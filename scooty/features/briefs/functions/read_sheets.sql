-- /brief: what is printed for a round, the newest one when none is named: for a player, for a member
-- of the team, or for the whole team, by table. Nobody may have notes in a draft.
create function scooty.read_sheets(
  guild_id bigint, event_id bigint default null, round bigint default null,
  member_id bigint default null, player_id bigint default null, at_most bigint default 40
) returns jsonb
language plpgsql stable security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  event events := event_to_look_in(guild_id, event_id);
  wanted rounds;
  player_ids bigint[];
begin
  if event.id is null then
    return no_event_to_look_in(event_id);
  end if;
  if event.phase = 'draft' then
    return jsonb_build_object('outcome', 'drafting', 'event', event_object(event));
  end if;
  wanted := brief_round(guild_id, event.id, round);
  if wanted.number is null then
    return brief_refusal(guild_id, event);
  end if;

  player_ids := case when read_sheets.player_id is not null then array[read_sheets.player_id]
    else array(
      select l.player_id from team_links l
      left join pairings x on x.guild_id = l.guild_id and x.event_id = event.id
        and x.round = wanted.number and x.player_id = l.player_id
      where l.guild_id = read_sheets.guild_id
        and (read_sheets.member_id is null or l.member_id = read_sheets.member_id)
      order by x.table_number, x.seat, l.player_id
    ) end;
  return jsonb_build_object(
    'outcome', 'sheets',
    'event', event_object(event),
    'round', wanted.number,
    'sheets', (
      select coalesce(jsonb_agg(
        brief_sheet(read_sheets.guild_id, event, wanted.number, chosen.player_id)
        order by chosen.place
      ), '[]')
      from unnest(player_ids[:at_most]) with ordinality as chosen (player_id, place)
    ),
    'total', cardinality(player_ids)
  );
end
$$;
