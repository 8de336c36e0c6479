-- Give one player's rows of a table, one for each event, to another who has none there; where the
-- other has one, the row goes. Returns which changed hands, by event and by when each was written,
-- and the rows that went.
create function scooty_private.move_rows(
  held regclass, written_at name, guild_id bigint, from_id bigint, to_id bigint
) returns jsonb
language plpgsql
as $$
#variable_conflict use_column
declare
  moved jsonb;
begin
  execute format(
    $made$
      with taken as (
        select f.*, exists (
          select from %1$s t
          where t.guild_id = f.guild_id and t.event_id = f.event_id and t.player_id = $3
        ) as goes
        from %1$s f
        where f.guild_id = $1 and f.player_id = $2 and f.event_id in (
          select e.event_id from event_players e where e.guild_id = $1 and e.player_id = $2
        )
      )
      select jsonb_build_object(
        'moved', coalesce(jsonb_agg(jsonb_build_object(
          'event_id', t.event_id, 'at', t.%2$I
        )) filter (where not t.goes), '[]'),
        'gone', coalesce(jsonb_agg(to_jsonb(t) - 'goes') filter (where t.goes), '[]')
      )
      from taken t
    $made$, held, written_at
  ) into moved using guild_id, from_id, to_id;
  execute format(
    $made$
      delete from %1$s f
      using jsonb_to_recordset($3) g (event_id bigint)
      where f.guild_id = $1 and f.player_id = $2 and f.event_id = g.event_id
    $made$, held
  ) using guild_id, from_id, moved->'gone';
  execute format(
    $made$
      update %1$s f set player_id = $4
      from jsonb_to_recordset($3) m (event_id bigint)
      where f.guild_id = $1 and f.player_id = $2 and f.event_id = m.event_id
    $made$, held
  ) using guild_id, from_id, moved->'moved', to_id;
  return moved;
end
$$;
