"""Who takes part: entry under the contest's rule of uniqueness."""
