"""DELEGAR in chat."""
