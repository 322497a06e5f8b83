"""Consultores in the panel: who takes customers, in which turn."""
