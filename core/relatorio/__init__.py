"""Figures of the operation, from rows to totals. How they look is made elsewhere."""
