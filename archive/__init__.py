"""KEEP: the ground floor. Captures as WARC, what is derived from them in a database. Imports no other room."""
