"""The money as a workbook: taken home, filled in with another program, and brought back."""
