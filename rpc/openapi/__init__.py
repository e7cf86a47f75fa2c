"""The description of JSON-2 for machines and for people: one document for each noun, made from what it exposes."""
