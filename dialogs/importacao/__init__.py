"""A file of rows sent to the bot: what it would change, asked before it is done."""
