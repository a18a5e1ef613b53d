"""The public JSON: contests, rounds, boards, units, for anybody's programs. Reads only."""
