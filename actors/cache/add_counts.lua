-- Add numbers to those of a hash, unless this batch was added before; all or nothing.
-- KEYS     the hash, the writer's mark
-- ARGV     the batch's number, the lifetime of both in ms, then each field and its number
local last = redis.call('GET', KEYS[2])
if last and tonumber(last) >= tonumber(ARGV[1]) then
  return 0
end
for i = 3, #ARGV, 2 do
  redis.call('HINCRBY', KEYS[1], ARGV[i], ARGV[i + 1])
end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[2])
return 1
