-- Give a merged player back what move_rows took of one event, unless it was written anew since.
create function scooty_private.return_rows(
  held regclass, written_at name, merge scooty_private.player_merges, event_id bigint
) returns void
language plpgsql
as $$
#variable_conflict use_column
begin
  execute format(
    $made$
      update %1$s f set player_id = $3
      from jsonb_to_recordset($5) m (event_id bigint, at timestamptz)
      where f.guild_id = $1 and f.event_id = $2 and f.player_id = $4
        and m.event_id = f.event_id and m.at = f.%2$I
    $made$, held, written_at
  ) using merge.guild_id, event_id, merge.merged_player_id, merge.kept_player_id,
    merge.moved #> array['rounds', held::text, 'moved'];
  execute format(
    $made$
      insert into %1$s
      select (jsonb_populate_record(null::%1$s, g.value)).*
      from jsonb_array_elements($2) g
      where (g.value->>'event_id')::bigint = $1
    $made$, held
  ) using event_id, merge.moved #> array['rounds', held::text, 'gone'];
end
$$;
