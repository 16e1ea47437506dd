"""What to look at: where the evidence on a place is another in one release than in another."""
