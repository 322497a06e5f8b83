"""What the witnesses said, kept; and what a new bill is held against."""
