"""What is said of backups."""
