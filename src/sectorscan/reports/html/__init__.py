"""The shortlist as one HTML file that opens from a mail attachment and needs no network."""
