"""Who was there, as a picture: asked for in chat, drawn after the turn."""
