"""The public pages of government departments: what each answers for, and which areas are exempt."""
