"""How long cases take, and how they end: the programme's figures, with no single case in them."""
