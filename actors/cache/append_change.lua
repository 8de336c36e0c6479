-- Append a change to a log, and put the values that go with it, in one step.
-- KEYS     the log, then the values' keys
-- ARGV     the change, the most changes to keep, the log's lifetime in ms,
--          then each value and its lifetime in ms
-- returns  the change's position, as a stream id
local position = redis.call('XADD', KEYS[1], 'MAXLEN', ARGV[2], '*', 'c', ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
for i = 2, #KEYS do
  redis.call('SET', KEYS[i], ARGV[2 * i], 'PX', ARGV[2 * i + 1])
end
return position
