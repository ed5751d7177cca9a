"""The composition of the stages: the public Python API."""
