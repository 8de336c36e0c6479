-- The rule of bucket.py, run inside Redis so that many processes share the buckets.
-- KEYS     one a bucket; holds the microsecond at which it will be full again; absent when full
-- ARGV     token_us, full_after_us, charge_us of the first bucket, then of the second, ...
-- returns  {remaining, retry_after_us, which bucket refused (from 1) or 0}
-- All are spent from, or none is. The time is Redis's own: the clocks of the processes need not
-- agree. Microseconds since 1970 are below 2^53, so Lua's doubles hold them exactly; %.0f because
-- tostring() keeps 14 digits.
local time = redis.call('TIME')
local now_us = time[1] * 1000000 + time[2]

local buckets, refused_by, longest_us = {}, 0, 0
for i = 1, #KEYS do
  local bucket = {
    token_us = tonumber(ARGV[3 * i - 2]),
    full_after_us = tonumber(ARGV[3 * i - 1]),
    charge_us = tonumber(ARGV[3 * i]),
    full_at_us = tonumber(redis.call('GET', KEYS[i]) or 0) or 0,
  }
  bucket.owed_us = math.min(math.max(bucket.full_at_us - now_us, 0), bucket.full_after_us)
  local over_us = bucket.owed_us + bucket.charge_us - bucket.full_after_us
  if over_us > longest_us then
    refused_by, longest_us = i, over_us
  end
  buckets[i] = bucket
end

local granted, remaining = refused_by == 0, nil
for i, bucket in ipairs(buckets) do
  if granted then
    bucket.owed_us = bucket.owed_us + bucket.charge_us
  end
  -- Kept when refused only after the clock stepped back, or it would stay empty until then.
  if granted or bucket.full_at_us > now_us + bucket.owed_us then
    redis.call('SET', KEYS[i], string.format('%.0f', now_us + bucket.owed_us),
      'PX', string.format('%.0f', math.ceil(bucket.owed_us / 1000)))
  end
  local left = math.floor((bucket.full_after_us - bucket.owed_us) / bucket.token_us)
  remaining = math.min(remaining or left, left)
end
return {remaining, longest_us, refused_by}
