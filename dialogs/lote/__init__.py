"""Many invoices begun at once, asked before."""
