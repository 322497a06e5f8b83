"""Bills as files: read in a process of their own, for parsers hang and explode."""
