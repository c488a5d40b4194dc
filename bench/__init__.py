"""Measurements: ratios against a peer or a limit, all in one run."""
