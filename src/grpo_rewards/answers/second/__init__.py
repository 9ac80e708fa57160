"""Another library's verdicts, for those who have to reproduce them, with our deadline and memory cap."""
