"""A study: who asks, whom the answers are sealed to. This side can seal and never open."""
