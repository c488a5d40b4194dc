"""DERIVE: from a captured page to an article. Pure functions, but for the Scrapy ends in items.py."""
