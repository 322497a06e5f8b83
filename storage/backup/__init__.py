"""Backups of the database: made, sealed, opened, put back."""
