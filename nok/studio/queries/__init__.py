"""What the studio's pages show."""
