"""Net of Knowledge."""
