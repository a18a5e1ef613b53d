"""`python -m tests.support.shapes [--reports]`: see the package's own words."""

import argparse

from tests.support.shapes.reports import make_files, make_reports

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--reports", action="store_true", help="write the expected reports as well")
wanted = parser.parse_args()
make_files()
if wanted.reports:
    make_reports()
