"""What is sealed with SECRET_KEYS."""
