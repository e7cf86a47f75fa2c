"""Search domains: from prefix notation to a tree, and from dates in words to dates."""
