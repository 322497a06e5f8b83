"""Schedules: when they are due, how they are said and understood, what they carry."""
