"""The way from the chat to the panel."""
