-- Generic cell rate algorithm: KEYS[1] holds when the next request is due, in microseconds of Redis' own clock.
-- ARGV: requests a minute, and how many ask now. Returns for each how many milliseconds it has to wait, 0 to go on.
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local interval = 60000000 / tonumber(ARGV[1])
local due = math.max(tonumber(redis.call('GET', KEYS[1]) or 0), now)
local waits = {}
for place = 1, tonumber(ARGV[2]) do
  if due - now > 60000000 - interval then
    waits[place] = math.ceil((due - now - 60000000 + interval) / 1000)
  else
    due = due + interval
    waits[place] = 0
  end
end
redis.call('SET', KEYS[1], string.format('%.0f', due), 'PX', 120000)
return waits
