"""Robots at work in the panel: the list, one with its log, stopped and sent again."""
