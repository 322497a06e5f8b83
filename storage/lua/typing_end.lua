-- End an indicator, but only one that was renewed last before a moment.
-- KEYS: the times of the indicators, what they say. ARGV: the indicator, that moment (s).
-- Answers what it said, or nothing when there is none to end.
local score = redis.call('ZSCORE', KEYS[1], ARGV[1])
if not score or tonumber(score) >= tonumber(ARGV[2]) then
  return false
end
local said = redis.call('HGET', KEYS[2], ARGV[1])
redis.call('ZREM', KEYS[1], ARGV[1])
redis.call('HDEL', KEYS[2], ARGV[1])
return said
