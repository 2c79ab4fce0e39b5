"""What can be followed from outside: calendars, Atom and JSON feeds."""
