"""Schedules: shown, made, changed, told of."""
