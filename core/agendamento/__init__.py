"""Schedules: when they are due, and how what they do is spread."""
