"""Reading: plans kept per (noun, fields, language), rows made straight from what the database sends."""
