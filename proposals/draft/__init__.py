"""The draft: a team writes, signs and submits."""
