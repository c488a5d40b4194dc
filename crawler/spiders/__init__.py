"""The spider. There is one: outlets differ in data, not in code."""
