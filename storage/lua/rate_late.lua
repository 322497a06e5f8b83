-- Generic cell rate algorithm: each of these keys holds when its next request is due, in microseconds of Redis' own clock.
-- For each key how many ask now. Returns, for each key of which not all may go on, its place, how many may, and how many
-- milliseconds the others have to wait.
local function late(keys, per_minute, asking)
  local time = redis.call('TIME')
  local now = time[1] * 1000000 + time[2]
  local interval = 60000000 / per_minute
  local found = {}
  for place, key in ipairs(keys) do
    local due = math.max(tonumber(redis.call('GET', key) or 0), now)
    for asked = 1, tonumber(asking[place]) do
      if due - now > 60000000 - interval then
        found[#found + 1] = {place, asked - 1, math.ceil((due - now - 60000000 + interval) / 1000)}
        break
      end
      due = due + interval
    end
    redis.call('SET', key, string.format('%.0f', due), 'PX', 120000)
  end
  return found
end
