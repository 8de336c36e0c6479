-- What would go, should a player be forgotten; the player is known by id, or by name.
create function scooty.player_traces(
  guild_id bigint, player_id bigint default null, name_key text default null,
  word_key text default null
) returns jsonb
language plpgsql stable security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  wanted_id bigint := player_id;
  ids bigint[];
  keys text[];
  pattern text;
begin
  if wanted_id is null then
    select n.player_id into wanted_id from player_names n
    where n.guild_id = player_traces.guild_id and n.name_key = player_traces.name_key;
  end if;
  if wanted_id is null then
    select min(n.player_id) into wanted_id from player_names n
    where n.guild_id = player_traces.guild_id and n.word_key = player_traces.word_key
    having count(distinct n.player_id) = 1;
  end if;
  ids := ids_of_player(guild_id, wanted_id);
  if ids = '{}' then
    return jsonb_build_object('outcome', 'player_gone');
  end if;
  pattern := names_pattern(guild_id, ids);
  select coalesce(array_agg(n.name_key order by n.name_key), '{}') into keys from player_names n
  where n.guild_id = player_traces.guild_id and n.player_id = any (ids);

  return jsonb_build_object('outcome', 'player', 'player', jsonb_build_object(
    'player_id', wanted_id,
    'name', (
      select p.name from players p
      where p.guild_id = player_traces.guild_id and p.id = any (ids) and p.merged_into is null
    ),
    'name_keys', to_jsonb(keys),
    'merged', cardinality(ids) - 1,
    'events', (
      select count(distinct p.event_id) from event_players p
      where p.guild_id = player_traces.guild_id and p.player_id = any (ids)
    ),
    'reports', (
      select count(*) from reports r
      where r.guild_id = player_traces.guild_id and r.player_id = any (ids)
    ),
    'revisions', (
      select count(*) from reports r
      join report_revisions v on v.guild_id = r.guild_id and v.report_id = r.id
      where r.guild_id = player_traces.guild_id and r.player_id = any (ids)
    ),
    'drafts', (
      select count(*) from drafts d
      where d.guild_id = player_traces.guild_id and d.name_key = any (keys)
    ),
    'mentions', (
      select count(*) from reports r
      where r.guild_id = player_traces.guild_id and r.player_id <> all (ids)
        and report_texts(r) ~* pattern
    )
  ));
end
$$;
