"""A contest on other screens: the large one in a hall (LED), and a small page inside a unit's site."""
