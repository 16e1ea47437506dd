"""What an analyst uploads: read, checked, and made into figures that the same pages draw.

Nothing here writes to a disk or keeps anything: what comes in lives in the caller's hands alone.
"""
