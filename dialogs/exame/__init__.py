"""A file of an invoice as people are asked about it."""
