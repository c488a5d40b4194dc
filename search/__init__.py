"""FIND: the index of articles, its two backends, and the query language they share."""
