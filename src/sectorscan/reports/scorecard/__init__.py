"""The readiness scorecard as people see it: the blank workbook, and what filled ones say."""
