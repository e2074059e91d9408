"""A shelf: pictures of many runs of one exercise, with bands. Each file holds `draw(runs)`; it bears the name of the picture of one run."""
