-- Generic cell rate algorithm: KEYS[1] holds when the next request is due, in microseconds of Redis' own clock.
-- ARGV: requests a minute. Returns how many milliseconds the caller has to wait, 0 when it may go on.
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local limit = tonumber(ARGV[1])
local interval = 60000000 / limit
local due = math.max(tonumber(redis.call('GET', KEYS[1]) or 0), now)
if due - now > 60000000 - interval then
  return math.ceil((due - now - 60000000 + interval) / 1000)
end
redis.call('SET', KEYS[1], string.format('%.0f', due + interval), 'PX', 120000)
return 0
