"""Many invoices begun at once: the downloads or the sendings of a month, after one confirmation."""
