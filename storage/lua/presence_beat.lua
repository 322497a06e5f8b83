-- These people give a sign of life: whether each had given one of that kind before, and their last ones of the others.
-- KEYS: the signs they give, then the others. ARGV: a moment (s), then the people.
-- Answers for each key the last sign of each person before this one, in their order: one text, read faster than many.
local people, given, signs = {}, {}, {}
for place = 2, #ARGV do
  people[place - 1] = ARGV[place]
  given[2 * place - 3], given[2 * place - 2] = ARGV[1], ARGV[place]
end
for place, key in ipairs(KEYS) do
  local scores = redis.call('ZMSCORE', key, unpack(people))
  for person, score in ipairs(scores) do
    scores[person] = score or ''
  end
  signs[place] = table.concat(scores, ',')
end
redis.call('ZADD', KEYS[1], 'GT', unpack(given))
return signs
