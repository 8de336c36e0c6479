-- The guild's own archetype in place of one of the starter set, made when there is none yet: with all
-- names, and with the guild's reports on it. What is the guild's own already is left as it is.
--
-- For those who hold the guild's archetypes alone. Archetypes of both kinds have ids of one sequence,
-- so what reports come to stays the same.
create function scooty_private.own_archetype(
  guild_id bigint, archetype_guild_id bigint, archetype_id bigint
) returns scooty_private.archetypes
language plpgsql
as $$
#variable_conflict use_column
declare
  own archetypes;
begin
  select * into own from archetypes a
  where a.guild_id = own_archetype.guild_id
    and case own_archetype.archetype_guild_id
      when 0 then a.starter_id = own_archetype.archetype_id
      else a.id = own_archetype.archetype_id
    end;
  if found or archetype_guild_id <> 0 then
    return own;
  end if;

  insert into archetypes as a (
    guild_id, name, colours, formats, emoji, display_colour, starter_id
  )
  select own_archetype.guild_id, s.name, s.colours, s.formats, s.emoji, s.display_colour, s.id
  from archetypes s
  where s.guild_id = 0 and s.id = own_archetype.archetype_id
  returning a.* into strict own;
  -- A name that the guild had given to another of its own before the starter set had it stays there.
  insert into archetype_names (guild_id, name_key, word_key, archetype_id)
  select own.guild_id, n.name_key, n.word_key, own.id
  from archetype_names n
  where n.guild_id = 0 and n.archetype_id = own_archetype.archetype_id
  on conflict (guild_id, name_key) do nothing;

  -- In the order in which everybody locks: players, reports, archetypes.
  perform from event_players p
  where p.guild_id = own.guild_id and exists (
    select from reports r
    where r.guild_id = p.guild_id and r.event_id = p.event_id and r.player_id = p.player_id
      and r.archetype_id = own_archetype.archetype_id
  )
  order by p.event_id, p.player_id for update;
  update reports r set archetype_guild_id = own.guild_id, archetype_id = own.id
  where r.guild_id = own.guild_id and r.archetype_id = own_archetype.archetype_id;
  update event_archetypes c set archetype_guild_id = own.guild_id, archetype_id = own.id
  where c.guild_id = own.guild_id and c.archetype_id = own_archetype.archetype_id;
  return own;
end
$$;
