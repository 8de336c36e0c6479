-- What was appended to a log after a position that it still holds, and a value besides.
-- KEYS     the log, and the value's key if one is asked for
-- ARGV     the position, as a stream id
-- returns  nothing when the log does not hold the position;
--          else the value or false, then each change's position and the change
local entries = redis.call('XRANGE', KEYS[1], ARGV[1], '+')
if not entries[1] or entries[1][1] ~= ARGV[1] then
  return {}
end
local value = KEYS[2] and redis.pcall('GET', KEYS[2])
local answer = {type(value) == 'string' and value or false}
for i = 2, #entries do
  answer[2 * i - 2] = entries[i][1]
  answer[2 * i - 1] = entries[i][2][2]
end
return answer
