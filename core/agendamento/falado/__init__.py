"""Schedules as people say them: "todo dia útil às 8 baixar Vivo". What is not understood is asked, never guessed."""
