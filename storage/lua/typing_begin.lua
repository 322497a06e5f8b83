-- Somebody types: begin an indicator, or renew it.
-- KEYS: the times of the indicators, what they say. ARGV: the indicator, now (s), what it says.
-- Answers 1 when it began, 0 when it was renewed.
local began = redis.call('ZADD', KEYS[1], 'GT', ARGV[2], ARGV[1])
if began == 1 then
  redis.call('HSET', KEYS[2], ARGV[1], ARGV[3])
end
return began
