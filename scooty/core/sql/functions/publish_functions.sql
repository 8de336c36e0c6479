-- Make the API's functions: for each one in scooty, one of the same name and arguments that checks
-- its caller first. Made from the catalogue, so that none can be forgotten.
create function scooty_private.publish_functions() returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  original record;
begin
  for original in
    select p.proname, p.pronargs, p.provolatile,
      pg_get_function_arguments(p.oid) as arguments, pg_get_function_result(p.oid) as result,
      coalesce(
        (select split_part(s, '=', 2) from unnest(p.proconfig) s where s like 'statement_timeout=%'),
        '1400ms'
      ) as statement_timeout
    from pg_proc p where p.pronamespace = 'scooty'::regnamespace
  loop
    -- PostgREST applies a function's own statement_timeout to the transaction around it. A call
    -- has 1.8 s unless it is meant to take longer.
    execute format(
      $made$
        create function scooty_api.%1$I(%2$s) returns %3$s
        language plpgsql %4$s security definer
        set search_path = pg_catalog, pg_temp set statement_timeout = %6$L
        as $body$
        begin
          perform scooty_private.check_caller();
          return scooty.%1$I(%5$s);
        end
        $body$
      $made$,
      original.proname, original.arguments, original.result,
      case original.provolatile when 'v' then 'volatile' else 'stable' end,
      (select string_agg('$' || n, ', ' order by n) from generate_series(1, original.pronargs) n),
      original.statement_timeout
    );
  end loop;
end
$$;
