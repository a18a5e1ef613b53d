"""Bounds on what may come in. Each says where its number comes from."""

# The largest bank met (10,000 questions) is a 2 MB xlsx; images make a Word file of 20 MB at most.
MAX_FILE_BYTES = 20 * 1024 * 1024

# A Word file with 1,000 pictures has about 1,020 members, a QTI package one per question and picture: room
# for the largest bank, MAX_QUESTIONS, with some pictures.
MAX_ZIP_MEMBERS = 25_000
# 20 MB of real sheets or documents unpack to 60–150 MB; above that memory would be at risk.
MAX_ZIP_BYTES = 200 * 1024 * 1024
# Spreadsheet XML of repeated rows reaches 30–60; deflate's own limit is 1,032, which only bombs reach.
MAX_ZIP_RATIO = 200
# A zip that unpacks to less than this may have any ratio: it can do no harm.
SMALL_ZIP_BYTES = 10 * 1024 * 1024

# 20,000 questions with a row for each of 8 choices, and titles between.
MAX_SHEET_ROWS = 200_000
# 20,000 questions in 20 columns are 400,000 cells.
MAX_SHEET_CELLS = 3_000_000
MAX_SHEETS = 100
# Columns looked at: number, topic, level, question, 8 choices with feedback, key, source … fit in 40.
MAX_COLUMNS = 200
# For the process that reads xls and ods: 20,000 questions need 150 MB and 3 seconds.
SHEET_MEMORY_BYTES = 1024 * 1024 * 1024
SHEET_SECONDS = 60

MAX_QUESTIONS = 20_000
# A question with eight choices, answer, source and explanation has about a dozen lines.
MAX_LINES = 400_000
MAX_PROBLEMS = 500
MAX_TEXT = 20_000
# Ten of the longest questions on one line of a text. Scripts are told apart line by line, by every word.
MAX_LINE = 200_000

# Documents: a law has 200 articles, papers of a congress 300 pages; a passage is what a phone shows at once.
MAX_PDF_PAGES = 400
MAX_PASSAGES = 3_000
MAX_DOCUMENT_CHARACTERS = 3_000_000
MAX_PASSAGE = 1_200
# 400 pages of text take 10 seconds and 200 MB.
PDF_SECONDS = 60
PDF_MEMORY_BYTES = 1024 * 1024 * 1024
