"""The consultation desk: when each was asked and answered, drills of the line, lines to take."""
