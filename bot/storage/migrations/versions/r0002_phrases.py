"""Schema 0002: the phrases that communities added to the triggers."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of phrases."""
    op.create_table(
        "phrase",
        sa.Column("id", sa.Integer(), nullable=False, autoincrement=True),
        sa.Column("community", sa.String(32), nullable=False),
        sa.Column("concept", sa.String(64), nullable=False),
        sa.Column("phrase", sa.String(260), nullable=False),
        sa.Column("added", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_phrase"),
        sa.UniqueConstraint("community", "concept", "phrase", name="uq_phrase_community"),
        sqlite_autoincrement=True,
    )
