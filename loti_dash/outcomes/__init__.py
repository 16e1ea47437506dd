"""Outcome canvases: from the change wanted to the figures that show whether it came."""
