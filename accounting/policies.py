"""Who may see which rows of the books: those of the companies switched on, with the right to view. Nothing narrower yet."""
