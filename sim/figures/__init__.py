"""Pictures of a study: `draw(results)` gives each with a name of its own, empty where there is one."""
