"""Pages from elsewhere: HTML help pages, addresses of a site, and product feeds, made into Markdown pages."""
