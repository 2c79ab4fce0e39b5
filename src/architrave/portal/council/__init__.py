"""The pages of the council: a body of the charter that a data file names, and what desks say."""
