"""Schema 0004: which communities the bot has left, so that their phrases go."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the day to the phrases."""
    op.add_column("phrase", sa.Column("left_on", sa.Date(), nullable=True))
