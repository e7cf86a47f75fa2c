"""What the templates of accounting may call."""
