-- Remove locks, each only while its lease holds it.
-- KEYS: the locks. ARGV: the epoch of each.
-- Answers how many were removed.
local dropped = 0
for place, lock in ipairs(KEYS) do
  if redis.call('HGET', lock, 'epoch') == ARGV[place] then
    dropped = dropped + redis.call('DEL', lock)
  end
end
return dropped
