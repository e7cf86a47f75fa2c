"""The pipeline: stages that an opportunity passes through, and why it may be lost."""
