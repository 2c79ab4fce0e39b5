"""What a reader takes along: the proof of a line, its package, and that nothing was rewritten."""
