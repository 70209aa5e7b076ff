"""Highlights and notes, and where their passages stand in later revisions."""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'

BIG = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.create_table(
        'annotation',
        sa.Column('id', sa.String(length=36), nullable=False),
        sa.Column('person_id', BIG, nullable=False),
        sa.Column('source', sa.String(length=300), nullable=False),
        sa.Column('made_on', sa.Integer(), nullable=False),
        sa.Column('start', sa.Integer(), nullable=True),
        sa.Column('end', sa.Integer(), nullable=True),
        sa.Column('quote', sa.Text(), nullable=False),
        sa.Column('prefix', sa.Text(), nullable=False),
        sa.Column('suffix', sa.Text(), nullable=False),
        sa.Column('media_ms', sa.Integer(), nullable=True),
        sa.Column('color', sa.String(length=20), nullable=False),
        sa.Column('note', sa.Text(), nullable=False),
        sa.Column('search_text', sa.Text(), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('deleted_at', sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint('("start" IS NULL) = ("end" IS NULL)', name=op.f('ck_annotation_passage')),
        sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_annotation_person_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_annotation')),
    )
    op.create_index('ix_annotation_person_id_created_at', 'annotation', ['person_id', 'created_at'])
    op.create_index('ix_annotation_person_id_source', 'annotation', ['person_id', 'source'])
    op.create_index('ix_annotation_source', 'annotation', ['source', 'made_on'])
    op.create_table(
        'passage_placement',
        sa.Column('id', BIG, nullable=False),
        sa.Column('annotation_id', sa.String(length=36), nullable=False),
        sa.Column('revision', sa.Integer(), nullable=False),
        sa.Column('state', sa.String(length=20), nullable=False),
        sa.Column('start', sa.Integer(), nullable=False),
        sa.Column('end', sa.Integer(), nullable=False),
        sa.Column('score', sa.Integer(), nullable=False),
        sa.Column('wording', sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ['annotation_id'], ['annotation.id'], name=op.f('fk_passage_placement_annotation_id'), ondelete='CASCADE'
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_passage_placement')),
        sa.UniqueConstraint('annotation_id', 'revision', name=op.f('uq_passage_placement_annotation_id_revision')),
    )


def downgrade() -> None:
    op.drop_table('passage_placement')
    op.drop_table('annotation')
