"""Writing: values of the wire become Python values, x2many commands become what is to be done, verbs do it."""
