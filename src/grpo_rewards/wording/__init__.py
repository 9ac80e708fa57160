"""What words and markup around an answer mean; the only home of word lists."""
