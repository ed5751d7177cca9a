"""Console, JSON, CSV, Markdown, Parquet, Excel: the only place that rounds or formats."""
