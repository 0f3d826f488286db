"""Ideas left with the programme by anybody, and the calls that ask for them."""
