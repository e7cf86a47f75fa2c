"""What can be called on every noun, and how a noun's own verbs and methods are called."""
