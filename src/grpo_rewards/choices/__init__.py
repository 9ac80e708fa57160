"""Multiple choice: the options of a row, and which of them an answer names."""
