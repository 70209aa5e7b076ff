"""Questions to the teacher and their replies; related articles that the author chose."""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'

BIG = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    # With a default of the server: code of before, which knows no such column, goes on writing rows.
    op.add_column('article_revision', sa.Column('related_articles', sa.JSON(), server_default='[]', nullable=False))
    op.create_table(
        'question_asked',
        sa.Column('id', BIG, nullable=False),
        sa.Column('asker_id', BIG, nullable=False),
        sa.Column('asked_id', BIG, nullable=False),
        sa.Column('source', sa.String(length=300), nullable=False),
        sa.Column('made_on', sa.Integer(), nullable=False),
        sa.Column('quote', sa.Text(), nullable=False),
        sa.Column('media_ms', sa.Integer(), nullable=True),
        sa.Column('text', sa.Text(), nullable=False),
        sa.Column('asked_at', MOMENT, nullable=False),
        sa.Column('waiting_since', MOMENT, nullable=True),
        sa.Column('shared_at', MOMENT, nullable=True),
        sa.ForeignKeyConstraint(['asked_id'], ['person.id'], name=op.f('fk_question_asked_asked_id')),
        sa.ForeignKeyConstraint(['asker_id'], ['person.id'], name=op.f('fk_question_asked_asker_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_question_asked')),
    )
    op.create_index('ix_question_asked_asked_id', 'question_asked', ['asked_id', 'waiting_since'])
    op.create_index('ix_question_asked_asker_id', 'question_asked', ['asker_id', 'asked_at'])
    op.create_index('ix_question_asked_source', 'question_asked', ['source', 'shared_at'])
    op.create_table(
        'question_reply',
        sa.Column('id', BIG, nullable=False),
        sa.Column('question_id', BIG, nullable=False),
        sa.Column('author_id', BIG, nullable=False),
        sa.Column('text', sa.Text(), nullable=False),
        sa.Column('written_at', MOMENT, nullable=False),
        sa.ForeignKeyConstraint(['author_id'], ['person.id'], name=op.f('fk_question_reply_author_id')),
        sa.ForeignKeyConstraint(
            ['question_id'], ['question_asked.id'], name=op.f('fk_question_reply_question_id'), ondelete='CASCADE'
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_question_reply')),
    )
    op.create_index(op.f('ix_question_reply_question_id'), 'question_reply', ['question_id'])


def downgrade() -> None:
    op.drop_table('question_reply')
    op.drop_table('question_asked')
    op.drop_column('article_revision', 'related_articles')
