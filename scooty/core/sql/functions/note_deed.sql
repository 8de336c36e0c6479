-- Write down who did what. `detail` holds ids, counts and names of archetypes and events: never a
-- player's name or a comment, which would outlive their erasure.
create function scooty_private.note_deed(
  guild_id bigint, request_id bigint, member_id bigint, action text, subject_id bigint,
  detail jsonb default '{}'
) returns void
language sql
as $$
  insert into audit (guild_id, member_id, action, subject_id, detail, request_id)
  values (
    note_deed.guild_id, note_deed.member_id, note_deed.action, note_deed.subject_id,
    note_deed.detail, note_deed.request_id
  );
$$;
