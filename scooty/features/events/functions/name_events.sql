-- What an event is chosen from: a guild's newest events, and whether those are all.
create function scooty.name_events(guild_id bigint, text_key text, at_most bigint) returns jsonb
language plpgsql stable security definer
set search_path = scooty_private, extensions, pg_temp
as $$
#variable_conflict use_column
declare
  patterns text[] := coalesce(word_patterns(text_key), '{%}');
  chosen jsonb;
begin
  select jsonb_agg(
    e.facts || jsonb_build_object('name_key', e.name_key) order by e.id desc
  ) into chosen
  from (
    select e.id, e.name_key, event_facts(e) as facts from events e
    where e.guild_id = name_events.guild_id and ' ' || e.name_key like all (patterns)
    order by e.id desc limit name_events.at_most + 1
  ) e;
  return jsonb_build_object(
    'events', coalesce(chosen - name_events.at_most::integer, '[]'),
    'complete', coalesce(jsonb_array_length(chosen), 0) <= name_events.at_most
  );
end
$$;
