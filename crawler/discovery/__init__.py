"""What an outlet announces: bytes in, links out. Pure; nothing here fetches or remembers."""
