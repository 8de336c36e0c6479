-- An import that waits to be applied; no row when it was applied, is somebody else's or too old.
create function scooty_private.waiting_round_file(
  guild_id bigint, member_id bigint, kind text, import_id bigint
) returns scooty_private.pending_imports
language sql stable
as $$
  select i from pending_imports i
  where i.guild_id = waiting_round_file.guild_id and i.request_id = waiting_round_file.import_id
    and i.kind = waiting_round_file.kind and i.created_by = waiting_round_file.member_id
    and i.kind in ('pairings', 'standings') and i.expires_at > clock_timestamp();
$$;
