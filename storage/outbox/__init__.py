"""Calls to the outside: written with a turn, made after its commit, and looked back at."""
