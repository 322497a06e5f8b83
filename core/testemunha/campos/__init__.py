"""What the witnesses say, one file for each field of the contract."""
