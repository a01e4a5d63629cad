"""What a link may open: addresses in the web, of mail, of phones."""
