"""Who may decide in whose name, and until when."""
