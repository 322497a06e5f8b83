"""The panel: the operation's pages, opened from the chat."""
