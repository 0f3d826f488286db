"""The employer of a proposal: one official of it is asked, comes in by a link, and may hand on."""
