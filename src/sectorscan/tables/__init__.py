"""The contract of the analyst tables: names, types, keys, units; reading, mending, checking."""
