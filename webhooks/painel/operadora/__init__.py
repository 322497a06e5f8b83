"""Operadoras in the panel: whose portals the robots go to."""
