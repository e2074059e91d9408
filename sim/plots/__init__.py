"""The shelf of plots: pictures of a run, each drawn from its log and nothing else."""
