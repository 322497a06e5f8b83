"""What failed for good, and is done again by a tap."""
