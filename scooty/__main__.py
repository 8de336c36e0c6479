"""``python -m scooty`` is the console command ``scooty``."""

import sys

from scooty.runtime.cli import main

sys.exit(main())
