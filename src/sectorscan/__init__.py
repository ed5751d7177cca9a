"""Rank a region's sectors, say why, and say how sure that is."""

__version__ = "0.1.0"
