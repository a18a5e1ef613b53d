"""Fault drills: the real server, a crowd that saves, one fault, and a look at what is left.

`make faults` runs them all. Each drill states what it must see, prints its seed, and is run once more against
a server that is broken on purpose (`drills.breaks`): a drill that does not notice is worth nothing.
"""
