"""How an enquiry comes in: who asks, what they ask, and where they read the answer."""
