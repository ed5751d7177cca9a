"""The memo for a board's packet: two pages of Word, to be edited on."""
