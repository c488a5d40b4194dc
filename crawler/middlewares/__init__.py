"""What each exchange passes on its way: robots.txt, public addresses only, and the archive."""
