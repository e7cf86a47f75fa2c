"""People at work: departments, job positions and kinds of time off."""
