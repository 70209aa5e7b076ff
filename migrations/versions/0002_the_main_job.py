"""The main job: licenses, worksheets, evaluations, access windows, drawn questions, boards with their demands."""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'


def upgrade() -> None:
    op.create_table('address_change',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('old_email', sa.String(length=254), nullable=False),
    sa.Column('new_email', sa.String(length=254), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_address_change_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_address_change'))
    )
    with op.batch_alter_table('address_change', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_address_change_person_id'), ['person_id'], unique=False)

    op.create_table('license',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('board_code', sa.String(length=40), nullable=False),
    sa.Column('number', sa.String(length=40), nullable=False),
    sa.Column('state', sa.String(length=2), nullable=False),
    sa.Column('expires_on', sa.Date(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_license_person_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_license')),
    sa.UniqueConstraint('person_id', 'board_code', 'number', name=op.f('uq_license_person_id_board_code_number'))
    )
    op.create_table('evaluation',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('enrollment_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('lesson_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('ratings', sa.JSON(), nullable=False),
    sa.Column('comment', sa.Text(), nullable=False),
    sa.Column('submitted_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['enrollment_id'], ['enrollment.id'], name=op.f('fk_evaluation_enrollment_id')),
    sa.ForeignKeyConstraint(['lesson_id'], ['lesson.id'], name=op.f('fk_evaluation_lesson_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_evaluation')),
    sa.UniqueConstraint('enrollment_id', 'lesson_id', name=op.f('uq_evaluation_enrollment_id_lesson_id'))
    )
    with op.batch_alter_table('evaluation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_evaluation_lesson_id'), ['lesson_id'], unique=False)

    op.create_table('worksheet',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('enrollment_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('lesson_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.Enum('draft', 'submitted', 'returned', 'accepted', name='worksheetstate', native_enum=False, length=20), nullable=False),
    sa.Column('answers', sa.JSON(), nullable=False),
    sa.Column('saves', sa.Integer(), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('submitted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reviewed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('comment', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['enrollment_id'], ['enrollment.id'], name=op.f('fk_worksheet_enrollment_id')),
    sa.ForeignKeyConstraint(['lesson_id'], ['lesson.id'], name=op.f('fk_worksheet_lesson_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_worksheet')),
    sa.UniqueConstraint('enrollment_id', 'lesson_id', name=op.f('uq_worksheet_enrollment_id_lesson_id'))
    )
    with op.batch_alter_table('worksheet', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_worksheet_lesson_id'), ['lesson_id'], unique=False)
        batch_op.create_index('ix_worksheet_waiting', ['state', 'submitted_at'], unique=False)

    op.create_table('worksheet_prompt',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('lesson_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=120), nullable=False),
    sa.Column('text_html', sa.Text(), nullable=False),
    sa.Column('text_markdown', sa.Text(), nullable=False),
    sa.Column('least_words', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['lesson_id'], ['lesson.id'], name=op.f('fk_worksheet_prompt_lesson_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_worksheet_prompt')),
    sa.UniqueConstraint('lesson_id', 'key', name=op.f('uq_worksheet_prompt_lesson_id_key')),
    sa.UniqueConstraint('lesson_id', 'position', name=op.f('uq_worksheet_prompt_lesson_id_position'))
    )
    op.create_table('worksheet_review',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('worksheet_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reviewer_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('accepted', sa.Boolean(), nullable=False),
    sa.Column('comment', sa.Text(), nullable=False),
    sa.Column('answers', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['reviewer_id'], ['person.id'], name=op.f('fk_worksheet_review_reviewer_id')),
    sa.ForeignKeyConstraint(['worksheet_id'], ['worksheet.id'], name=op.f('fk_worksheet_review_worksheet_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_worksheet_review'))
    )
    with op.batch_alter_table('worksheet_review', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_worksheet_review_reviewer_id'), ['reviewer_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_worksheet_review_worksheet_id'), ['worksheet_id'], unique=False)

    with op.batch_alter_table('approval', schema=None) as batch_op:
        batch_op.add_column(sa.Column('delivery', sa.String(length=80), server_default='', nullable=False))

    with op.batch_alter_table('attempt', schema=None) as batch_op:
        batch_op.add_column(sa.Column('drawn', sa.JSON(), server_default='[]', nullable=False))

    with op.batch_alter_table('board', schema=None) as batch_op:
        batch_op.add_column(sa.Column('state', sa.String(length=2), server_default='', nullable=False))
        batch_op.add_column(sa.Column('provider_number', sa.String(length=80), server_default='', nullable=False))
        batch_op.add_column(sa.Column('number_pattern', sa.String(length=200), server_default='', nullable=False))
        batch_op.add_column(sa.Column('number_hint', sa.String(length=300), server_default='', nullable=False))
        batch_op.add_column(sa.Column('hour_minutes', sa.Integer(), server_default='60', nullable=False))
        batch_op.add_column(sa.Column('keep_years', sa.Integer(), server_default='6', nullable=False))
        batch_op.add_column(sa.Column('demands', sa.JSON(), server_default='{}', nullable=False))
        batch_op.add_column(sa.Column('source', sa.String(length=300), server_default='', nullable=False))
        batch_op.add_column(sa.Column('effective_from', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('last_checked', sa.Date(), nullable=True))

    with op.batch_alter_table('certificate', schema=None) as batch_op:
        batch_op.add_column(sa.Column('revoked_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_certificate_revoked_by_id'), 'person', ['revoked_by_id'], ['id'])

    with op.batch_alter_table('article_revision', schema=None) as batch_op:
        batch_op.add_column(sa.Column('reviewer_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True))
        batch_op.create_index(batch_op.f('ix_article_revision_reviewer_id'), ['reviewer_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_article_revision_reviewer_id'), 'teacher_profile', ['reviewer_id'], ['person_id'])

    with op.batch_alter_table('choice', schema=None) as batch_op:
        batch_op.add_column(sa.Column('text_markdown', sa.Text(), server_default='', nullable=False))

    with op.batch_alter_table('course', schema=None) as batch_op:
        batch_op.add_column(sa.Column('price_cents', sa.Integer(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('currency', sa.String(length=3), server_default='USD', nullable=False))

    with op.batch_alter_table('course_revision', schema=None) as batch_op:
        batch_op.add_column(sa.Column('about_markdown', sa.Text(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('scope_notice_markdown', sa.Text(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('category', sa.String(length=80), server_default='', nullable=False))
        batch_op.add_column(sa.Column('access_days', sa.Integer(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('requirements', sa.JSON(), server_default='{}', nullable=False))
        batch_op.add_column(sa.Column('video_count', sa.Integer(), server_default='0', nullable=False))

    with op.batch_alter_table('enrollment', schema=None) as batch_op:
        batch_op.add_column(sa.Column('access_until', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('ending_told_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('extra_attempts', sa.Integer(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('end_reason', sa.Enum('left', 'removed', 'refunded', name='endreason', native_enum=False, length=20), nullable=True))
        batch_op.add_column(sa.Column('enrolled_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True))
        batch_op.create_index(batch_op.f('ix_enrollment_access_until'), ['access_until'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_enrollment_enrolled_by_id'), 'person', ['enrolled_by_id'], ['id'])

    with op.batch_alter_table('lesson', schema=None) as batch_op:
        batch_op.add_column(sa.Column('draw_count', sa.Integer(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('shuffle', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('preview', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('chapters', sa.JSON(), server_default='[]', nullable=False))
        batch_op.add_column(sa.Column('file_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True))
        batch_op.add_column(sa.Column('file_name', sa.String(length=120), server_default='', nullable=False))
        batch_op.add_column(sa.Column('search_text', sa.Text(), server_default='', nullable=False))
        batch_op.create_index(batch_op.f('ix_lesson_file_id'), ['file_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_lesson_file_id'), 'stored_file', ['file_id'], ['id'])

    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.add_column(sa.Column('license_name_confirmed_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('language', sa.String(length=20), server_default='', nullable=False))

    with op.batch_alter_table('question', schema=None) as batch_op:
        batch_op.add_column(sa.Column('stem_markdown', sa.Text(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('explanation_markdown', sa.Text(), server_default='', nullable=False))

    with op.batch_alter_table('outbox_delivery', schema=None) as batch_op:
        batch_op.add_column(sa.Column('held_until', sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table('watch_session', schema=None) as batch_op:
        batch_op.add_column(sa.Column('route', sa.Enum('film', 'transcript', name='route', native_enum=False, length=20), server_default='film', nullable=False))



def downgrade() -> None:
    with op.batch_alter_table('watch_session', schema=None) as batch_op:
        batch_op.drop_column('route')

    with op.batch_alter_table('outbox_delivery', schema=None) as batch_op:
        batch_op.drop_column('held_until')

    with op.batch_alter_table('question', schema=None) as batch_op:
        batch_op.drop_column('explanation_markdown')
        batch_op.drop_column('stem_markdown')

    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.drop_column('language')
        batch_op.drop_column('license_name_confirmed_at')

    with op.batch_alter_table('lesson', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_lesson_file_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_lesson_file_id'))
        batch_op.drop_column('search_text')
        batch_op.drop_column('file_name')
        batch_op.drop_column('file_id')
        batch_op.drop_column('chapters')
        batch_op.drop_column('preview')
        batch_op.drop_column('shuffle')
        batch_op.drop_column('draw_count')

    with op.batch_alter_table('enrollment', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_enrollment_enrolled_by_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_enrollment_access_until'))
        batch_op.drop_column('enrolled_by_id')
        batch_op.drop_column('end_reason')
        batch_op.drop_column('extra_attempts')
        batch_op.drop_column('ending_told_at')
        batch_op.drop_column('access_until')

    with op.batch_alter_table('course_revision', schema=None) as batch_op:
        batch_op.drop_column('video_count')
        batch_op.drop_column('requirements')
        batch_op.drop_column('access_days')
        batch_op.drop_column('category')
        batch_op.drop_column('scope_notice_markdown')
        batch_op.drop_column('about_markdown')

    with op.batch_alter_table('course', schema=None) as batch_op:
        batch_op.drop_column('currency')
        batch_op.drop_column('price_cents')

    with op.batch_alter_table('choice', schema=None) as batch_op:
        batch_op.drop_column('text_markdown')

    with op.batch_alter_table('article_revision', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_article_revision_reviewer_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_article_revision_reviewer_id'))
        batch_op.drop_column('reviewer_id')

    with op.batch_alter_table('certificate', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_certificate_revoked_by_id'), type_='foreignkey')
        batch_op.drop_column('revoked_by_id')

    with op.batch_alter_table('board', schema=None) as batch_op:
        batch_op.drop_column('last_checked')
        batch_op.drop_column('effective_from')
        batch_op.drop_column('source')
        batch_op.drop_column('demands')
        batch_op.drop_column('keep_years')
        batch_op.drop_column('hour_minutes')
        batch_op.drop_column('number_hint')
        batch_op.drop_column('number_pattern')
        batch_op.drop_column('provider_number')
        batch_op.drop_column('state')

    with op.batch_alter_table('attempt', schema=None) as batch_op:
        batch_op.drop_column('drawn')

    with op.batch_alter_table('approval', schema=None) as batch_op:
        batch_op.drop_column('delivery')

    with op.batch_alter_table('worksheet_review', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_worksheet_review_worksheet_id'))
        batch_op.drop_index(batch_op.f('ix_worksheet_review_reviewer_id'))

    op.drop_table('worksheet_review')
    op.drop_table('worksheet_prompt')
    with op.batch_alter_table('worksheet', schema=None) as batch_op:
        batch_op.drop_index('ix_worksheet_waiting')
        batch_op.drop_index(batch_op.f('ix_worksheet_lesson_id'))

    op.drop_table('worksheet')
    with op.batch_alter_table('evaluation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_evaluation_lesson_id'))

    op.drop_table('evaluation')
    op.drop_table('license')
    with op.batch_alter_table('address_change', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_address_change_person_id'))

    op.drop_table('address_change')
