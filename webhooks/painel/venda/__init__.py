"""Sales in the panel: the list, one with its steps, and the end of one by hand."""
