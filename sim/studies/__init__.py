"""Studies: what varies, at which points, how often; and the tidy table that comes of it."""
