"""Everything that becomes a page: HTML, JSON-LD, tables, product feeds. Imports `page` and `text`."""
