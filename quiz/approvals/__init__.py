"""Acts that take a second member of staff: asked for by one person, approved or declined by another."""
