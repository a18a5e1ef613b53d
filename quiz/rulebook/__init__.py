"""The rules page that writes itself: articles in words from the settings of a contest."""
