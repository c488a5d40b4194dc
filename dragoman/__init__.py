"""The front door: the command line, and the only room that knows typer and rich."""

import os

# Pydantic would look through all that is installed for plugins of its own, of which we have none: 30 ms of each command.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
