-- Put one event on the bus, once: KEYS[1] the stream, KEYS[2] the mark of this event.
-- ARGV: how many entries the stream keeps (about), how long the mark lives in seconds, then the entry's fields and values.
-- Returns the entry's id, or false when this event is on the bus already.
if not redis.call('SET', KEYS[2], '1', 'NX', 'EX', ARGV[2]) then
  return false
end
return redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[1], '*', unpack(ARGV, 3))
