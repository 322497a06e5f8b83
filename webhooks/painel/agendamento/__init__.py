"""Schedules in the panel: what runs by itself, and when."""
