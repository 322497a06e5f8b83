"""Backups: which are kept, and where their keys lie."""
