"""How days and moments are written, by language; Django asks here (`FORMAT_MODULE_PATH`)."""
