"""The one place where clients are built and handed out."""
