"""What made the binary files in tests/unit/question_bank/shapes: a diff of them shows nothing, this does.

`python -m tests.support.shapes` makes them again, and with --reports the expected reports of all files, to be
read with `git diff` before they are committed.
"""
