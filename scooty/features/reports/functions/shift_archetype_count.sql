-- Move one report's count from an archetype to another; null is none. Both rows are locked in the
-- order of their ids before either is changed, so that two opposite changes never wait in a circle.
create function scooty_private.shift_archetype_count(
  guild_id bigint, event_id bigint, from_id bigint, to_guild_id bigint, to_id bigint
) returns void
language plpgsql
as $$
#variable_conflict use_column
begin
  if from_id is not null and (to_id is null or from_id < to_id) then
    update event_archetypes c set report_count = c.report_count - 1
    where c.guild_id = shift_archetype_count.guild_id
      and c.event_id = shift_archetype_count.event_id
      and c.archetype_id = shift_archetype_count.from_id;
  end if;
  if to_id is not null then
    insert into event_archetypes as c (
      guild_id, event_id, archetype_guild_id, archetype_id, report_count
    ) values (
      shift_archetype_count.guild_id, shift_archetype_count.event_id,
      shift_archetype_count.to_guild_id, shift_archetype_count.to_id, 1
    )
    on conflict (guild_id, event_id, archetype_id) do update set report_count = c.report_count + 1;
  end if;
  if from_id > to_id then
    update event_archetypes c set report_count = c.report_count - 1
    where c.guild_id = shift_archetype_count.guild_id
      and c.event_id = shift_archetype_count.event_id
      and c.archetype_id = shift_archetype_count.from_id;
  end if;
end
$$;
