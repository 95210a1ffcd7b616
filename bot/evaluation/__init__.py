"""What the evaluation offers the command line."""

from bot.evaluation.reading import read
from bot.evaluation.records import BadLine, Record
from bot.evaluation.tally import Tally

__all__ = ["BadLine", "Record", "Tally", "read"]
