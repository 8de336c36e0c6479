-- Bring the starter set (guild 0) to what its file says; archetypes keep their ids, and none goes.
create function scooty_private.load_starter_archetypes(entries jsonb) returns void
language plpgsql
set search_path = scooty_private, extensions, pg_temp
as $$
begin
  create temporary table starter on commit drop as
  select * from jsonb_to_recordset(entries)
    as e (name text, colours text, formats text[], keys text[], word_keys text[]);

  update archetypes a set colours = s.colours, formats = s.formats
  from starter s
  where a.guild_id = 0 and a.name = s.name;
  insert into archetypes (guild_id, name, colours, formats)
  select 0, s.name, s.colours, s.formats from starter s
  where not exists (select from archetypes a where a.guild_id = 0 and a.name = s.name);

  delete from archetype_names n using archetypes a, starter s
  where n.guild_id = 0 and a.guild_id = 0 and a.id = n.archetype_id and a.name = s.name;
  insert into archetype_names (guild_id, name_key, word_key, archetype_id)
  select 0, k.name_key, k.word_key, a.id
  from starter s
  join archetypes a on a.guild_id = 0 and a.name = s.name
  cross join lateral unnest(s.keys, s.word_keys) as k (name_key, word_key);
end
$$;
