"""Attempts: papers, sheets of answers, time, submission."""
