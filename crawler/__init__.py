"""FETCH: the Scrapy project. Outlets are data, one spider visits them all."""
