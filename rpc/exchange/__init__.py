"""Rows in and out as sheets of text: `load` and `export_data`, with the paths that lead from one noun to the next."""
