"""Pages of a vote: of the team, of its scrutineer, and of voters."""
