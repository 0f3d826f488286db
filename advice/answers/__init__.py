"""What is said to the enquirer, and what advisers say among themselves."""
