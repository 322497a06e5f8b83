-- For each who asks, one after the other: lock one login, drawn among those without a lock, under a new epoch.
-- KEYS: the epoch counter, then one lock per login on offer.
-- ARGV: time to live (ms), highest epoch of the ledger; then for each how many logins to leave, and a number in
-- [0, 1) to draw with.
-- Answers for each the place of the login in the list and its epoch; -1 and 0 when no more than those to leave are free.
local free = {}
for place = 2, #KEYS do
  if redis.call('EXISTS', KEYS[place]) == 0 then
    free[#free + 1] = place
  end
end
local counted = tonumber(redis.call('GET', KEYS[1])) or 0
local epoch = math.max(counted, tonumber(ARGV[2]))
local now = redis.call('TIME')[1]
local answers = {}
for asked = 3, #ARGV, 2 do
  if #free <= tonumber(ARGV[asked]) then
    answers[#answers + 1] = -1
    answers[#answers + 1] = 0
  else
    local drawn = table.remove(free, 1 + math.floor(tonumber(ARGV[asked + 1]) * #free))
    epoch = epoch + 1
    local text = string.format('%.0f', epoch)
    redis.call('SET', KEYS[1], text)
    redis.call('HSET', KEYS[drawn], 'epoch', text, 'since', now)
    redis.call('PEXPIRE', KEYS[drawn], ARGV[1])
    answers[#answers + 1] = drawn - 2
    answers[#answers + 1] = epoch
  end
end
return answers
