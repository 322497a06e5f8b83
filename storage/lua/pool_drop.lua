-- Remove a lock, but only while this lease holds it.
-- KEYS: the lock. ARGV: epoch.
-- Answers 1 when it was removed.
if redis.call('HGET', KEYS[1], 'epoch') == ARGV[1] then
  return redis.call('DEL', KEYS[1])
end
return 0
