"""Questions as values: reading, checking, comparing, drawing and measuring them.

Nothing here knows of Flask, a database, the clock or the network. Bytes go in,
values come out; whatever is wrong with the bytes is said in `Report.problems`.
"""
