"""The index: ways to each section, ranking, sureness, the folder on disk. Imports `facts`, `model` and below."""
