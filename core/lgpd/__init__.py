"""One person's data, by a right of theirs (LGPD)."""
