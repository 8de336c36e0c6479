"""The example of the kit's README, as the files that its reader is told to make."""

from __future__ import annotations

import re
from pathlib import Path

__all__ = ["ROOT", "write_example"]

ROOT = Path(__file__).parents[2]
_README = ROOT / "actors" / "README.md"
_BLOCK = re.compile(r"^```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def write_example(folder: Path) -> list[Path]:
    """Write each Python block into the file that was named first since the block before."""
    text = _README.read_text(encoding="utf-8")
    files = []
    end = 0
    for block in _BLOCK.finditer(text):
        name = re.search(r"`(\w+\.py)`", text[end : block.start()])
        assert name is not None, f"no file is named for the block at {block.start()}"
        end = block.end()
        files.append(folder / name[1])
        files[-1].write_text(block[1], encoding="utf-8")
    return files
