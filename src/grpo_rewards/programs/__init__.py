"""Programs in responses, and the tests that datasets have for them."""
