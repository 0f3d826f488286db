"""Gates A to F of an assessment: what officials find on each, with evidence."""
