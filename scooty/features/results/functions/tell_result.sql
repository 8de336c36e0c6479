-- /result: keep how a teammate's match of a round ended, in place of what was kept of it before.
-- Against whom, the pairings say; without pairings, whoever tells it does.
create function scooty.tell_result(
  guild_id bigint, request_id bigint, member_id bigint, as_captain boolean, result text,
  games_won bigint, games_lost bigint, games_drawn bigint, round bigint,
  player_id bigint, name_key text, word_key text,
  opponent text, opponent_key text, opponent_word_key text
) returns jsonb
language plpgsql security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  known jsonb := begin_request(guild_id, request_id);
  event events;
  mate team_links;
  number smallint;
  met jsonb;
  replaced results;
  answer jsonb;
begin
  if known is not null then
    return known;
  end if;
  event := active_event(guild_id);
  if event.id is null then
    return jsonb_build_object('outcome', 'no_active_event');
  elsif event.phase = 'draft' then
    return jsonb_build_object('outcome', 'drafting');
  end if;
  loop
    mate := teammate_meant(guild_id, member_id, player_id, name_key, word_key);
    if mate.member_id is null then
      return jsonb_build_object(
        'outcome', case when name_key is null then 'not_linked' else 'no_teammate' end
      );
    elsif mate.member_id <> tell_result.member_id and not as_captain then
      return jsonb_build_object('outcome', 'others_by_captains');
    end if;
    number := coalesce(tell_result.round, current_round(guild_id, event.id));
    met := opponent_met(event, number, mate.player_id, opponent, opponent_key, opponent_word_key);
    -- Whoever meets a merge of one of the two waits for it, and then looks who sits there now.
    if met->>'outcome' <> 'met' and exists (
      select from players p
      where p.guild_id = tell_result.guild_id and p.id = mate.player_id and p.merged_into is null
    ) then
      return met;
    end if;
    exit when 2 = (
      select count(*) from (
        select from players p
        where p.guild_id = tell_result.guild_id and p.merged_into is null
          and p.id in (mate.player_id, (met->>'opponent_id')::bigint)
        order by p.id for key share
      ) here
    );
  end loop;

  -- Locks the player's row first: results of one player are written in turn.
  insert into event_players as p (guild_id, event_id, player_id)
  values (tell_result.guild_id, event.id, mate.player_id)
  on conflict (guild_id, event_id, player_id) do update set report_count = p.report_count;
  insert into event_players (guild_id, event_id, player_id)
  values (tell_result.guild_id, event.id, (met->>'opponent_id')::bigint)
  on conflict (guild_id, event_id, player_id) do nothing;
  select * into replaced from results r
  where r.guild_id = tell_result.guild_id and r.event_id = event.id and r.round = number
    and r.player_id = mate.player_id;
  insert into results as r (
    guild_id, event_id, round, player_id, opponent_id, outcome,
    games_won, games_lost, games_drawn, told_by
  ) values (
    tell_result.guild_id, event.id, number, mate.player_id, (met->>'opponent_id')::bigint, result,
    tell_result.games_won, tell_result.games_lost, tell_result.games_drawn, tell_result.member_id
  ) on conflict (guild_id, event_id, round, player_id) do update set
    opponent_id = excluded.opponent_id, outcome = excluded.outcome,
    games_won = excluded.games_won, games_lost = excluded.games_lost,
    games_drawn = excluded.games_drawn, told_by = excluded.told_by,
    told_at = clock_timestamp();

  answer := jsonb_build_object(
    'outcome', 'result_told',
    'event', event.name,
    'told', told_result(guild_id, event.id, number, mate.player_id),
    'replaced', case when replaced.player_id is not null then replaced_result(replaced) end
  );
  return end_request(
    guild_id, request_id, member_id, 'result', mate.player_id,
    jsonb_build_object('event', event.name, 'round', number), answer
  );
end
$$;
