"""What can be done to the nouns every module shares."""
