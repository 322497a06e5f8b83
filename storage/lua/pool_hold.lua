-- Keep a lock for its holder, and build it anew when it is gone or an older lease left it behind.
-- KEYS: the lock. ARGV: epoch, time to live (ms).
-- Answers 1, or 0 when a newer lease holds it.
local epoch = tonumber(ARGV[1])
local held = tonumber(redis.call('HGET', KEYS[1], 'epoch'))
if held and held > epoch then
  return 0
end
if held ~= epoch then
  redis.call('HSET', KEYS[1], 'epoch', ARGV[1], 'since', redis.call('TIME')[1])
end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1
