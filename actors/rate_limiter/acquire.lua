-- The rule of bucket.py, run inside Redis so that many processes share one bucket.
-- KEYS[1]  the bucket; holds the microsecond at which it will be full again; absent when full
-- ARGV     token_us, full_after_us, charge_us
-- returns  {granted 0|1, remaining, retry_after_us}
-- The time is Redis's own: the clocks of the processes need not agree. Microseconds since 1970
-- are below 2^53, so Lua's doubles hold them exactly; %.0f because tostring() keeps 14 digits.
local time = redis.call('TIME')
local now_us = time[1] * 1000000 + time[2]
local token_us = tonumber(ARGV[1])
local full_after_us = tonumber(ARGV[2])
local charge_us = tonumber(ARGV[3])

local full_at_us = tonumber(redis.call('GET', KEYS[1]) or 0) or 0
local owed_us = math.min(math.max(full_at_us - now_us, 0), full_after_us)
local over_us = owed_us + charge_us - full_after_us
local granted = over_us <= 0
if granted then
  owed_us = owed_us + charge_us
end
-- Kept when denied only after the clock stepped back, or the bucket would stay empty until then.
if granted or full_at_us > now_us + owed_us then
  redis.call('SET', KEYS[1], string.format('%.0f', now_us + owed_us),
    'PX', string.format('%.0f', math.ceil(owed_us / 1000)))
end
return {granted and 1 or 0, math.floor((full_after_us - owed_us) / token_us), math.max(over_us, 0)}
