"""What is wrong with a folder of pages, by file and line. Imports `model`, `page`, `text`."""
