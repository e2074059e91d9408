"""The exercise as a film: a map with everybody on it, a bar of serials, a clock, and what happens as it happens."""
