"""Scales, weights, missing values, gates, aggregation, ranks."""
