"""``make bench-crawl``: a year of fifty outlets on loopback, crawled from cron by a clock that runs fast."""
