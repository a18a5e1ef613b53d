"""Looking at entries and papers before prizes: suspected twins, signals of integrity. People decide."""
