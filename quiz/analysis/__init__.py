"""How questions performed: item statistics of rounds and banks, computed off the request path."""
