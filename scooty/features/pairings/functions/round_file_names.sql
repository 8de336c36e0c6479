-- What a round's file is matched with: every spelling of every player of the guild, whom the team's
-- members are, and the active event. For one more paste of an import that waits, also what is in that:
-- its round, and who stands in it already.
create function scooty.round_file_names(
  guild_id bigint, member_id bigint, kind text, import_id bigint default null
) returns jsonb
language plpgsql stable security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  event events := active_event(guild_id);
  pending pending_imports;
begin
  if event.id is null then
    return jsonb_build_object('outcome', 'no_active_event');
  end if;
  if import_id is not null then
    pending := waiting_round_file(guild_id, member_id, kind, import_id);
    if pending.request_id is null then
      return jsonb_build_object('outcome', 'import_gone');
    end if;
  end if;
  return jsonb_build_object(
    'outcome', 'round_file_names', 'event', event_object(event),
    'names', (
      select coalesce(jsonb_agg(jsonb_build_array(p.id, n.name_key, p.name)), '[]')
      from player_names n
      join players p on p.guild_id = n.guild_id and p.id = n.player_id
      where n.guild_id = round_file_names.guild_id
    ),
    'linked', (
      select coalesce(jsonb_agg(l.player_id), '[]') from team_links l
      where l.guild_id = round_file_names.guild_id
    ),
    'current_round', current_round(guild_id, event.id),
    'round', pending.content->'round',
    'round_from', pending.content->'round_from',
    'taken', coalesce((
      select jsonb_agg(jsonb_build_array(e.player_id, e.name_key))
      from jsonb_to_recordset(pending.content->'entries') e (player_id bigint, name_key text)
    ), '[]')
  );
end
$$;
