-- /deck show: a player's list in an event, the active one if no other is asked for. The player is
-- meant by id, else by name, else by the words of the name; else those with a list whose name is like
-- it are told.
create function scooty.show_decklist(
  guild_id bigint, name_key text, word_key text, player_id bigint default null,
  event_id bigint default null
) returns jsonb
language plpgsql stable security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  event events := event_to_look_in(guild_id, event_id);
  named bigint[];
  listed bigint[];
begin
  if event.id is null then
    return no_event_to_look_in(event_id);
  end if;
  named := array(
    select p.id from players p
    where p.guild_id = show_decklist.guild_id and p.id = show_decklist.player_id
    union
    select n.player_id from player_names n
    where show_decklist.player_id is null and n.guild_id = show_decklist.guild_id
      and n.name_key = show_decklist.name_key
  );
  if cardinality(named) = 0 and player_id is null then
    named := array(
      select distinct n.player_id from player_names n
      where n.guild_id = show_decklist.guild_id and n.word_key = show_decklist.word_key
    );
  end if;
  listed := with_decklists(event, named);
  if cardinality(listed) = 1 then
    return decklist_object(event, listed[1]);
  elsif cardinality(named) = 1 then
    return (
      select jsonb_build_object('outcome', 'no_decklist', 'player', p.name, 'event', event.name)
      from players p where p.guild_id = show_decklist.guild_id and p.id = named[1]
    );
  end if;
  if player_id is null and cardinality(named) = 0 then
    listed := with_decklists(event, alike_players(guild_id, name_key, 100));
  end if;
  if cardinality(listed) = 0 then
    return jsonb_build_object('outcome', 'nobody_found');
  end if;
  return jsonb_build_object('outcome', 'several_players', 'event_id', event.id, 'matches', (
    select jsonb_agg(jsonb_build_object(
      'player_id', p.id, 'name', p.name, 'archetype', coalesce(a.name, '')
    ) order by wanted.place)
    from unnest(listed) with ordinality wanted (player_id, place)
    join players p on p.guild_id = show_decklist.guild_id and p.id = wanted.player_id
    left join lateral (
      select a.name from consensus_report(show_decklist.guild_id, event.id, p.id) r
      join archetypes a on a.guild_id = r.archetype_guild_id and a.id = r.archetype_id
    ) a on true
  ));
end
$$;
