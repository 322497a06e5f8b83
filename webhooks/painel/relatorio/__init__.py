"""Reports in the panel: charts drawn here, each with its table."""
