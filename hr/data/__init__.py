"""Seeds of human resources."""
