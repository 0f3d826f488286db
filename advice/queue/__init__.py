"""Who takes an enquiry, in which order, and how it leaves."""
