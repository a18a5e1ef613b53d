"""Long work beside the pages: a row per job, a worker that takes one at a time, a page that shows how far."""
