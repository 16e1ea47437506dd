"""The London disproportionality dashboard: counts in, comparisons with their caveats out."""
