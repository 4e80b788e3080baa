"""The index: ways to each section, their ranking, its sureness, the folder on disk. Imports `model`, `page`, `text`."""
