"""The workspace: what an officer of a capital sees and does at their own copy, once signed in."""
