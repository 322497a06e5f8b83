"""Files of rows that people send: looked at and imported, after the turn."""
