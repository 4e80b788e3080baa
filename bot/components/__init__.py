"""Rasa graph components and the channel. Imported by Rasa by name; `config.yml` and `credentials.yml` list them."""
