"""What the pages of the classroom show, assembled from several domains."""
