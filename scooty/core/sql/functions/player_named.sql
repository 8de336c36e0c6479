-- The player of that name, created when there is none. Two transactions that meet here with one
-- new name make one player: the second waits for the first one's key and then reads its player.
-- One that meets a merge of the player waits for it, and then finds whose the name is now.
create function scooty_private.player_named(guild_id bigint, name text, name_key text, word_key text)
returns bigint
language plpgsql
as $$
#variable_conflict use_column
declare
  found_id bigint;
  new_id bigint;
begin
  loop
    select n.player_id into found_id from player_names n
    where n.guild_id = player_named.guild_id and n.name_key = player_named.name_key;
    if found then
      perform from players p
      where p.guild_id = player_named.guild_id and p.id = found_id and p.merged_into is null
      for key share;
      if found then
        return found_id;
      end if;
      continue;
    end if;

    new_id := nextval(pg_get_serial_sequence('scooty_private.players', 'id'));
    insert into player_names (guild_id, name_key, word_key, player_id)
    values (player_named.guild_id, player_named.name_key, player_named.word_key, new_id)
    on conflict (guild_id, name_key) do nothing;
    if found then
      insert into players (guild_id, id, name) overriding system value
      values (player_named.guild_id, new_id, player_named.name);
      return new_id;
    end if;
  end loop;
end
$$;
