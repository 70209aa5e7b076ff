"""Names as long as they get, put into the demo: 140 characters for a title, 60 for a teacher, hanzi, unbroken words."""

from sqlalchemy import select

from nok.accounts.models import Person, TeacherProfile
from nok.core.db import db
from nok.courses.models import Course, CourseRevision, Lesson, Section

TITLE = (
    "Needling Zú Sān Lǐ 足三里 and Its Neighbors Along the Stomach Channel: Electroacupuncturotherapeutics,"
    " Contraindications, and Aftercare"
).ljust(140, "!")
TEACHER = "Dr. Maximiliana-Theodora van der Westhuizen-Papadopoulou 李, L.Ac."[:60]
LESSON = (
    "Sternocleidomastoid-Gastrocnemius-Pseudohypoparathyroidism: 足三里, 上巨虚, 下巨虚"
    " and what to look for before the first needle"
)
NAME = "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh Núñez 歐陽"


def stretch(slug: str) -> None:
    """Give a course, its teacher and its lessons the longest names, and each demo account a long one of its own."""
    course = db.session.scalars(select(Course).where(Course.slug == slug)).one()
    revisions = db.session.scalars(select(CourseRevision).where(CourseRevision.course_id == course.id)).all()
    for revision in revisions:
        revision.title = TITLE
        for lesson in db.session.scalars(select(Lesson).where(Lesson.revision_id == revision.id)):
            lesson.title = LESSON
        for section in db.session.scalars(select(Section).where(Section.revision_id == revision.id)):
            section.title = LESSON
    for person in db.session.scalars(select(Person)):
        person.display_name = NAME
    taught = db.session.get_one(TeacherProfile, course.teacher_id)
    db.session.get_one(Person, taught.person_id).display_name = TEACHER
    db.session.commit()
