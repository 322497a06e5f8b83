"""Who may open the panel, and since when."""
