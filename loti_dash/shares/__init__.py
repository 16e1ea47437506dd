"""Shared views: what was sent, kept as it was sent, and what changed since.

What is kept is the whole of what was on screen: no release and no code of later days can change
it. What was withdrawn since is the one thing that is no longer shown.
"""
