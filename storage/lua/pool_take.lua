-- Lock one login, drawn among those without a lock, under a new epoch.
-- KEYS: the epoch counter, then one lock per login on offer.
-- ARGV: number in [0, 1) to draw with, time to live (ms), highest epoch of the ledger, how many logins to leave.
-- Answers {place of the login in the list, epoch}, or nothing when no more than those to leave are free.
local free = {}
for place = 2, #KEYS do
  if redis.call('EXISTS', KEYS[place]) == 0 then
    free[#free + 1] = place
  end
end
if #free <= tonumber(ARGV[4]) then
  return false
end
local drawn = free[1 + math.floor(tonumber(ARGV[1]) * #free)]
local counted = tonumber(redis.call('GET', KEYS[1])) or 0
local epoch = math.max(counted, tonumber(ARGV[3])) + 1
local text = string.format('%.0f', epoch)
redis.call('SET', KEYS[1], text)
redis.call('HSET', KEYS[drawn], 'epoch', text, 'since', redis.call('TIME')[1])
redis.call('PEXPIRE', KEYS[drawn], ARGV[2])
return {drawn - 2, epoch}
