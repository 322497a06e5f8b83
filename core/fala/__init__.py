"""The one place that understands what people write: text and what is waited for in, an intention out (entende.py)."""
