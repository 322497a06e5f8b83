-- Forget the people whose last sign of life is too old; whoever gave one meanwhile stays.
-- KEYS: the signs. ARGV: a moment (s), then the people: what came before it is too old.
-- Answers the people who were forgotten, each followed by their last sign.
local dropped = {}
for place = 2, #ARGV do
  local score = redis.call('ZSCORE', KEYS[1], ARGV[place])
  if score and tonumber(score) < tonumber(ARGV[1]) then
    redis.call('ZREM', KEYS[1], ARGV[place])
    dropped[#dropped + 1] = ARGV[place]
    dropped[#dropped + 1] = score
  end
end
return dropped
