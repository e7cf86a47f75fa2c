"""What is read from the books: a question in, rows out."""
