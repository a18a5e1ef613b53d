"""The one grammar for questions typed as lines: pasted text and Word documents go through it.

model       lines, their emphasis and pieces of them
markers     what a line can begin with: a question, a choice, an answer, a source …
key_tables  tables and rows of answers at the end of a file
starts      where each question begins, and which part of the file it belongs to
choices     the choices inside one question
tails       answer, explanation, source and level behind the choices
keys        which choice is right, from every sign that the file gives
reading     lines in, questions and problems out
"""
