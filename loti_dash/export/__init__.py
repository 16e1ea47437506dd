"""What leaves the dashboard as a file: the figures shown, with their cautions and source."""
