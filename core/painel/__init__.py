"""The panel: who gets in, and for how long."""
