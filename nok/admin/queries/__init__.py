"""What the console's pages show."""
