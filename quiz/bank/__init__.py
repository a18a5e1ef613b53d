"""Question banks as stored: questions, immutable revisions, imports."""
