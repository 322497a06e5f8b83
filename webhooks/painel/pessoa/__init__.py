"""Usuarios in the panel: who works here, and what they may."""
