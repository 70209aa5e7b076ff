"""What people chose to be told, and in which way."""

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'

BIG = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.create_table(
        'notification_choice',
        sa.Column('person_id', BIG, autoincrement=False, nullable=False),
        sa.Column('kind', sa.String(length=40), nullable=False),
        sa.Column('channel', sa.String(length=10), nullable=False),
        sa.Column('wanted', sa.Boolean(), nullable=False),
        sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ['person_id'], ['person.id'], name=op.f('fk_notification_choice_person_id'), ondelete='CASCADE'
        ),
        sa.PrimaryKeyConstraint('person_id', 'kind', 'channel', name=op.f('pk_notification_choice')),
    )


def downgrade() -> None:
    op.drop_table('notification_choice')
