"""Kibana: the data views, saved searches and dashboards that Dragoman puts in, and how it does."""
