"""Public formats into the analyst tables: QCEW, region roll-up, bounds for withheld cells."""
