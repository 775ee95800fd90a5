"""What a survey is: read from one TOML file, checked, frozen. Knows no web and no database."""
