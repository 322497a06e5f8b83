"""Customers in the panel: who waits, what is said, where one goes, and the texts that are sent by a short name."""
