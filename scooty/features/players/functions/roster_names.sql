-- Every spelling of every player of the guild, to match a roster with, and the event it is for.
create function scooty.roster_names(guild_id bigint) returns jsonb
language plpgsql stable security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  event events := active_event(guild_id);
begin
  if event.id is null then
    return jsonb_build_object('outcome', 'no_active_event');
  end if;
  return jsonb_build_object(
    'outcome', 'roster_names', 'event', event_object(event), 'names', (
      select coalesce(jsonb_agg(jsonb_build_array(p.id, n.name_key, p.name)), '[]')
      from player_names n
      join players p on p.guild_id = n.guild_id and p.id = n.player_id
      where n.guild_id = roster_names.guild_id
    )
  );
end
$$;
