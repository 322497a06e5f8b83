"""A bill whose witnesses are heard again."""
