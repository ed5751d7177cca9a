"""How far the ranking can be trusted."""
