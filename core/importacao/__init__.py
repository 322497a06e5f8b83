"""Files of rows that people send to the bot."""
