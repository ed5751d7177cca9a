"""The sheets of the Excel shortlist, one module a sheet."""
