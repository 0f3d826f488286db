"""How many enquiries came, how soon they were answered, and which came back: no single one in it."""
