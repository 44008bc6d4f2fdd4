"""The generators beside these tests are plain scripts; this lets the tests import them."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
