-- Generic cell rate algorithm: each of KEYS holds when its next request is due, in microseconds of Redis' own clock.
-- ARGV: requests a minute, then for each key how many ask now. Returns, key by key, for each request how many
-- milliseconds it has to wait, 0 to go on.
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local interval = 60000000 / tonumber(ARGV[1])
local waits = {}
for place, key in ipairs(KEYS) do
  local due = math.max(tonumber(redis.call('GET', key) or 0), now)
  for _ = 1, tonumber(ARGV[place + 1]) do
    if due - now > 60000000 - interval then
      waits[#waits + 1] = math.ceil((due - now - 60000000 + interval) / 1000)
    else
      due = due + interval
      waits[#waits + 1] = 0
    end
  end
  redis.call('SET', key, string.format('%.0f', due), 'PX', 120000)
end
return waits
