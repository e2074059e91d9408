"""A run as one page to read: what happened and why, with a replay; and the same in Markdown."""
