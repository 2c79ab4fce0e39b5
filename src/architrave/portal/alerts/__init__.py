"""The pages of alerts: one for each, and the rows by which other pages list them."""
