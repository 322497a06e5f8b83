-- Wrong guesses a minute, spread evenly, a minute's worth at once (as rate.lua, of Redis' own clock).
-- ARGV: guesses a minute, and 1 to count one. Returns how many milliseconds to wait, 0 when one more may be made.
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local interval = 60000000 / tonumber(ARGV[1])
local due = math.max(tonumber(redis.call('GET', KEYS[1]) or 0), now)
if due - now > 60000000 - interval then
  return math.ceil((due - now - 60000000 + interval) / 1000)
end
if ARGV[2] == '1' then
  redis.call('SET', KEYS[1], string.format('%.0f', due + interval), 'PX', 120000)
end
return 0
