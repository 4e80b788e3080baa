"""Pages from elsewhere, made into Markdown: HTML pages, addresses of a site, feeds. Imports `page` and `text`."""
