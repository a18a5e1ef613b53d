"""What the tests stand on: databases, a live server, a browser, the list of messages."""
