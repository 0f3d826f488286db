"""Who people are: users, organisations, and the roles held in them."""
