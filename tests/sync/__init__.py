"""Real servers, started by the tests, and what every kind of target must hold."""
