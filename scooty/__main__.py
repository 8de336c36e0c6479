"""``python -m scooty`` is the console command ``scooty``."""

import sys

from scooty.cli import main

sys.exit(main())
