"""Reason codes and justifications: every sentence from a number that is in the result."""
