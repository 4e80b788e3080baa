"""The search: a question in, passages with a probability out. Imports `index` and what stands below it."""
