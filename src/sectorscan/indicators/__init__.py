"""Pure kernels and the one registry: tables in, one interval a sector and indicator out."""
