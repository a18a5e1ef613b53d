"""What goes out of the site: QR codes, posters, pictures for links, personal links."""
