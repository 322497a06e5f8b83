"""The health of the service in the panel: what does not answer, what waits, what failed for good."""
