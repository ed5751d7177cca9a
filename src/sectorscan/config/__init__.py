"""Frozen models of the YAML, errors with line and column, presets."""
