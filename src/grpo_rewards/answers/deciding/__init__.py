"""Whether two values are equal: exactly, modulo a prime, at real points, kind by kind."""
