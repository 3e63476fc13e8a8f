"""What a petition office means: pure Python, no I/O, today's date is passed in."""
