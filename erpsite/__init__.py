"""The composition: settings, doors, jobs and the embedded servers. Imports everything; imported by nobody."""
