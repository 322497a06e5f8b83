"""Invoices in the panel: the list, the card of one, what is done to them."""
