"""Files into the database, from the terminal and from the chat: one engine for every kind of file."""
