-- Remember what a member was told; doing it again changes nothing.
create function scooty.note_told(guild_id bigint, request_id bigint, member_id bigint, told text)
returns jsonb
language plpgsql security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
begin
  update team_links l set told = note_told.told
  where l.guild_id = note_told.guild_id and l.member_id = note_told.member_id;
  return jsonb_build_object('outcome', case when found then 'noted' else 'not_linked' end);
end
$$;
