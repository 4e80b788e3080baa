"""Product facts: what product pages state, typed, with its source, and tables of it. Imports `page`, `text`, `wire`."""
