"""The XML of a note, beside the bill that a person sees."""
