"""Schedules: noticed by the clock, done by workers."""
