"""Tìm Hiểu: timed online multiple-choice contests with proof."""
