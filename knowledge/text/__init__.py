"""Plain text: words, languages, places, quantities. Knows nothing of pages; imports only `errors`."""
