-- These people give a sign of life, but for those who have asked more often than they may: whether each had given one of
-- that kind before, and their last ones of the others.
-- KEYS: the signs they give, the two others, then the limits of the first of these people.
-- ARGV: a moment (s), requests a minute, for each limit how many ask, then the people.
-- Answers who is late, as `late` does; then for each kind the last sign before this one of each person of whom some may
-- go on, in their order: one text, read faster than many.
local limits = {unpack(KEYS, 4)}
local refused = late(limits, tonumber(ARGV[2]), {unpack(ARGV, 3, 2 + #limits)})
local silent = {}
for _, one in ipairs(refused) do
  silent[one[1]] = one[2] == 0
end
local people, given, answers = {}, {}, {refused}
for place = 3 + #limits, #ARGV do
  if not silent[place - 2 - #limits] then
    people[#people + 1] = ARGV[place]
    given[#given + 1], given[#given + 2] = ARGV[1], ARGV[place]
  end
end
if #people == 0 then
  return answers
end
for kind = 1, 3 do
  local scores = redis.call('ZMSCORE', KEYS[kind], unpack(people))
  for person, score in ipairs(scores) do
    scores[person] = score or ''
  end
  answers[#answers + 1] = table.concat(scores, ',')
end
redis.call('ZADD', KEYS[1], 'GT', unpack(given))
return answers
