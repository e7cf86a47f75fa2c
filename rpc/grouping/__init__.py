"""Grouping: what rows are grouped by, what is summed up, and how clients find a group's rows again."""
