"""Documents as numbered passages: what people study and questions cite.

values     paragraphs of a file, passages, what reading a file gave
headings   which paragraphs are headings, and how deep
joining    lines of a page put together to paragraphs
splitting  paragraphs to passages under their headings
word, pdf  the paragraphs of Word and PDF files; pdf_worker reads PDF in a process of its own
printed    lines of printed pages to paragraphs, by their look and the space between them
reading    one door for every file, as question_bank.reading is for questions
editions   which passages of a newer text are those of an older one
"""
