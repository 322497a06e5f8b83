"""What turns wrote down is delivered: in order per lane, and again when it fails."""
