-- KEYS: of whoever asks. ARGV: requests a minute, then for each key how many ask now. Answers what `late` does.
return late(KEYS, tonumber(ARGV[1]), {unpack(ARGV, 2)})
