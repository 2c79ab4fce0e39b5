"""The pages behind the door: what waits on a seat, the desk of its body, and acting."""
