"""RELATORIO and FECHAMENTO: asked for in chat, made after the turn, sent as messages, pictures and files."""
