"""Pages: a folder of them, their sections, passages and questions. Imports `text` and `wire`."""
