"""A project folder's annual run: dated outputs, a manifest, the same bytes again."""
