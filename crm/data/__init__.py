"""Seeds of the pipeline."""
