"""The first page: what waits, what runs, what went wrong."""
