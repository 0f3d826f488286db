"""The pattern page: every component in every state, with the line that draws it. Begin here."""
