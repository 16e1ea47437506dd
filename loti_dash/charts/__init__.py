"""Figures from rows of the comparison table, as plain dictionaries that plotly draws."""
