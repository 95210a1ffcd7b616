"""What do all parts of the files under messages/ have in common?"""

from pydantic import BaseModel


class Part(BaseModel, extra="forbid", frozen=True):
    """A part of a file under messages/; a key it does not know is an error."""
