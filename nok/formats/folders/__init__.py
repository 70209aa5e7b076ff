"""What course and article folders are read with: safe files, checked TOML, front matter, Markdown."""
