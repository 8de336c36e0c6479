-- How much is in an import that waits: its tables, its byes and its players, how many of them are new
-- and how many are teammates, of how many of the teammates' opponents the deck is known, and how many
-- tables are left out.
create function scooty_private.round_file_counts(event scooty_private.events, content jsonb)
returns jsonb
language plpgsql stable
as $$
#variable_conflict use_column
begin
  return (
    with entries as materialized (
      select * from round_file_entries(event.guild_id, round_file_counts.content)
    ), seated as materialized (
      select * from entries where not is_left_out
    ), mates as materialized (
      select s.*, o.place is not null as is_paired, p.consensus_report_id is not null as is_known
      from seated s
      join team_links l on l.guild_id = event.guild_id and l.player_id = s.player_id
      left join seated o
        on o.lot = s.lot and o.side <> s.side and o.seat is not distinct from s.seat
      left join event_players p
        on p.guild_id = event.guild_id and p.event_id = event.id and p.player_id = o.player_id
    )
    select jsonb_build_object(
      'tables', (select count(distinct s.lot) from seated s where s.side = 1),
      'byes', (
        select count(*) from (select from seated s group by s.lot having max(s.side) = 0) alone
      ),
      'players', (select count(*) from seated),
      'new_players', (select count(*) from seated s where s.player_id is null),
      'teammates', (select count(*) from mates),
      'paired', (select count(*) from mates m where m.is_paired),
      'known', (select count(*) from mates m where m.is_known),
      'left_out', (select count(distinct e.lot) from entries e where e.is_left_out)
    )
  );
end
$$;
