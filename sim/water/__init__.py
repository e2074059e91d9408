"""Water: where it is, how far the coast is, and the way by sea from one place to another."""
