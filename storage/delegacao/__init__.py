"""Delegations of the right to approve."""
