"""What the pages of every register are made of: their forms, their changes, the way back."""
