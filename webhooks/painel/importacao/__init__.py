"""Imports in the panel: a file is looked at, and done as it was looked at."""
