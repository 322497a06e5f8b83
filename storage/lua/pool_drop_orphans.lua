-- Remove locks that nobody in the ledger answers for, once they are old enough not to belong to a running turn.
-- KEYS: the locks of logins without an open lease. ARGV: age (s).
-- Answers how many were removed.
local before = tonumber(redis.call('TIME')[1]) - tonumber(ARGV[1])
local dropped = 0
for _, lock in ipairs(KEYS) do
  local since = tonumber(redis.call('HGET', lock, 'since'))
  if since and since <= before then
    dropped = dropped + redis.call('DEL', lock)
  end
end
return dropped
