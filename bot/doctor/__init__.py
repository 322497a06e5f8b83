"""What the service needs, looked at: `balcao doctor`, and Saúde in the panel."""
