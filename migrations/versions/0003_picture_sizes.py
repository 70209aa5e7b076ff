"""The size of an article's first picture, so that its page keeps the place free. Older revisions have none."""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'


def upgrade() -> None:
    for side in ('width', 'height'):
        op.add_column('article_revision', sa.Column(f'picture_{side}', sa.Integer(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('article_revision') as batch_op:
        batch_op.drop_column('picture_width')
        batch_op.drop_column('picture_height')
