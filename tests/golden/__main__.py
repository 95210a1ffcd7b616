"""`python -m tests.golden --write`: how are the golden files written anew?"""

import sys

from tests.content.real import CONTENT
from tests.golden.pages import COMMAND, FOLDER, write

if sys.argv[1:] != ["--write"]:
    sys.stderr.write(f"writes every screen as readers see it into tests/golden; use: {COMMAND}\n")
    sys.exit(2)
write(CONTENT, FOLDER)
