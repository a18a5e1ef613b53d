"""Word documents as lines: what Word shows, not only what stands in the file.

names       names of the XML elements
styles      emphasis as inherited from styles and defaults
numbering   the letters and numbers of automatic lists, which are not in the text
runs        the text of one paragraph with its emphasis and pictures
pictures    the pictures of a document
tables      tables of questions, of answers, or used for layout
document    a document from beginning to end
"""
