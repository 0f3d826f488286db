"""The advice line: enquiries, the queue, answers."""
