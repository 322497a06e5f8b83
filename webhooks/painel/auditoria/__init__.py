"""The audit in the panel: who did what."""
