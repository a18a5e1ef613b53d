"""Webhooks: telling other people's programs that a round opened, closed or was published."""
