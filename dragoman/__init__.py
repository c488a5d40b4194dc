"""The front door: the command line, and the only room that knows typer and rich."""
