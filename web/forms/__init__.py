"""The forms people fill in: fields, labels and what is wrong with what was typed. They change nothing themselves."""
