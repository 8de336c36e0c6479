-- /privacy my-data: everything that is held about a member in a guild, as the text of a JSON file.
create function scooty.member_file(guild_id bigint, member_id bigint) returns jsonb
language plpgsql stable security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  held jsonb;
begin
  select jsonb_build_object(
    'member_id', member_file.member_id,
    'reports', (
      select coalesce(jsonb_agg(
        to_jsonb(r) - '{guild_id,player_id,event_id,archetype_guild_id,archetype_id}'::text[]
          || jsonb_build_object('player', p.name, 'event', e.name, 'archetype', a.name)
        order by r.id
      ), '[]')
      from reports r
      join players p on p.guild_id = r.guild_id and p.id = r.player_id
      join events e on e.guild_id = r.guild_id and e.id = r.event_id
      join archetypes a on a.guild_id = r.archetype_guild_id and a.id = r.archetype_id
      where r.guild_id = member_file.guild_id and r.reporter_id = member_file.member_id
    ),
    'revisions', (
      select coalesce(jsonb_agg(to_jsonb(v) - 'guild_id' order by v.report_id, v.revision), '[]')
      from report_revisions v
      where v.guild_id = member_file.guild_id and (
        v.changed_by = member_file.member_id or v.report_id in (
          select r.id from reports r
          where r.guild_id = member_file.guild_id and r.reporter_id = member_file.member_id
        )
      )
    ),
    'reports_withdrawn', (
      select coalesce(jsonb_agg(
        jsonb_build_object('report_id', r.id, 'undone_at', r.undone_at) order by r.id
      ), '[]')
      from reports r
      where r.guild_id = member_file.guild_id and r.undone_by = member_file.member_id
    ),
    'drafts', (
      select coalesce(jsonb_agg(
        to_jsonb(d) - '{guild_id,name_key,word_key}'::text[] order by d.request_id
      ), '[]')
      from drafts d
      where d.guild_id = member_file.guild_id and d.reporter_id = member_file.member_id
    ),
    'actions', (
      select coalesce(jsonb_agg(to_jsonb(d) - 'guild_id' order by d.id), '[]')
      from audit d
      where d.guild_id = member_file.guild_id and d.member_id = member_file.member_id
    ),
    'events_created', (
      select coalesce(jsonb_agg(
        jsonb_build_object('id', e.id, 'name', e.name, 'created_at', e.created_at) order by e.id
      ), '[]')
      from events e
      where e.guild_id = member_file.guild_id and e.created_by = member_file.member_id
    ),
    'players_merged', (
      select coalesce(jsonb_agg(
        jsonb_build_object('id', m.id, 'merged_at', m.merged_at, 'undone_at', m.undone_at)
        order by m.id
      ), '[]')
      from player_merges m
      where m.guild_id = member_file.guild_id and m.merged_by = member_file.member_id
    ),
    'imports_begun', (
      select coalesce(jsonb_agg(to_jsonb(i) - 'guild_id' order by i.request_id), '[]')
      from pending_imports i
      where i.guild_id = member_file.guild_id and i.created_by = member_file.member_id
    ),
    'settings_changed_last', (
      select to_jsonb(s) - 'guild_id' from guild_settings s
      where s.guild_id = member_file.guild_id and s.updated_by = member_file.member_id
    ),
    'live_board_started', (
      select to_jsonb(b) - 'guild_id' from live_boards b
      where b.guild_id = member_file.guild_id and b.started_by = member_file.member_id
    )
  ) || rounds_of_member(guild_id, member_id) into held;
  -- As one text, which nobody has to take apart and put together again.
  return jsonb_build_object('outcome', 'file', 'content', jsonb_pretty(held));
end
$$;
