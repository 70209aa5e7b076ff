"""What anyone may browse: courses and articles."""
