"""Clientes in the panel: the companies, their accounts and the access to their portals."""
