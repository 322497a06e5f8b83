"""Backups made, proved and put back, between the database and the object store."""
