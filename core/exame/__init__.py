"""A file held against what the database knows, and what came of it kept."""
