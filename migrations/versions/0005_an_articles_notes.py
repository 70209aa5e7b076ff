"""What an author discloses, how good the evidence is, and what is written before it is published."""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'

BIG = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    # With a default of the server: code of before, which knows no such columns, goes on writing rows.
    for name in ('disclosure', 'evidence_note'):
        op.add_column('article_revision', sa.Column(name, sa.Text(), server_default='', nullable=False))
    op.create_table(
        'article_draft',
        sa.Column('article_id', BIG, autoincrement=False, nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.Column('base', sa.Integer(), nullable=False),
        sa.Column('fields', sa.JSON(), nullable=False),
        sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ['article_id'], ['article.id'], name=op.f('fk_article_draft_article_id'), ondelete='CASCADE'
        ),
        sa.PrimaryKeyConstraint('article_id', name=op.f('pk_article_draft')),
    )
    op.create_table(
        'article_draft_picture',
        sa.Column('id', BIG, nullable=False),
        sa.Column('article_id', BIG, nullable=False),
        sa.Column('name', sa.String(length=120), nullable=False),
        sa.Column('file_id', BIG, nullable=False),
        sa.ForeignKeyConstraint(
            ['article_id'], ['article.id'], name=op.f('fk_article_draft_picture_article_id'), ondelete='CASCADE'
        ),
        sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_article_draft_picture_file_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_article_draft_picture')),
        sa.UniqueConstraint('article_id', 'name', name=op.f('uq_article_draft_picture_article_id_name')),
    )


def downgrade() -> None:
    op.drop_table('article_draft_picture')
    op.drop_table('article_draft')
    for name in ('evidence_note', 'disclosure'):
        op.drop_column('article_revision', name)
