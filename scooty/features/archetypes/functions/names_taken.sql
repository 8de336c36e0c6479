-- Which of some names belong to another archetype, and to which; null when none does. A retired
-- archetype keeps its names, so that it can be brought back.
create function scooty_private.names_taken(
  guild_id bigint, name_keys text[], but_archetype_id bigint default null
) returns jsonb
language sql stable
as $$
  select jsonb_build_object('outcome', 'names_taken', 'taken', jsonb_agg(
    jsonb_build_object('name_key', t.name_key, 'owner', t.owner, 'is_retired', t.is_retired)
    order by t.name_key
  ))
  from (
    select distinct on (n.name_key)
      n.name_key, a.name as owner, a.retired_at is not null as is_retired
    from archetype_names n
    join archetypes a on a.guild_id = n.guild_id and a.id = n.archetype_id
    where n.guild_id in (0, names_taken.guild_id) and n.name_key = any(names_taken.name_keys)
      and a.id is distinct from names_taken.but_archetype_id
      and (a.guild_id <> 0 or exists (
        select from offered_archetypes(names_taken.guild_id) offered where offered.id = a.id
      ))
    order by n.name_key, n.guild_id desc
  ) t
  having count(*) > 0;
$$;
