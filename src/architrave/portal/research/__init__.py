"""For those who cite and count: references that stay, and counts."""
