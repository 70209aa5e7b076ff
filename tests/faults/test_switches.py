"""Nothing of it on this machine: PostgreSQL, an outside broker, a bucket and an SMTP server, each by one setting."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from sqlalchemy import select

from nok.certificates.models import Certificate
from nok.core.db import db
from nok.core.storage import open_storage
from nok.media.models import Video, VideoStatus
from tests import servers
from tests.factories import courses
from tests.faults.conftest import SLUG
from tests.faults.learners import Learner, add_people, right_answers
from tests.faults.product import PARTS, Product, inside
from tests.faults.visitor import Visitor
from tests.servers import wait_until


class Letters(Message):
    """Keeps what arrives."""

    def __init__(self) -> None:
        super().__init__(EmailMessage)
        self.kept: list[EmailMessage] = []

    def handle_message(self, message: EmailMessage) -> None:  # type: ignore[override]
        self.kept.append(message)

    def about(self, words: str, to: str) -> list[str]:
        return [item["Subject"] for item in self.kept if words in str(item["Subject"]) and to in str(item["To"])]


@contextmanager
def post_office() -> Iterator[tuple[str, Letters]]:
    """Run an SMTP server and yield its URL and what it was given."""
    letters = Letters()
    server = Controller(letters, hostname="127.0.0.1", port=servers.free_port())
    server.start()
    try:
        yield f"smtp://127.0.0.1:{server.port}", letters
    finally:
        server.stop()


@pytest.mark.timeout(300)
def test_a_course_is_completed_with_every_part_elsewhere(
    install: Callable[..., Product], film: Callable[[int], Path], tmp_path: Path
) -> None:
    with servers.broker(tmp_path / "broker") as broker, servers.s3("nok") as s3, post_office() as (smtp, letters):
        product = install(
            "postgresql",
            NOK_BROKER_URL=broker,
            NOK_STORAGE_URL=f"s3://nok/site?endpoint={s3}",
            NOK_S3_KEY_ID="a",
            NOK_S3_SECRET="b",
            NOK_MAIL_URL=smtp,
        )
        assert not [process for process in product.processes() if PARTS["broker"] in process.name()]
        with inside(product.settings):
            courses.published(tmp_path, "film", product.settings, questions=0, video=film(4))
        [learner] = add_people(product.settings, 1)
        Learner(product.address, learner, SLUG, right_answers(product.settings)).complete()
        wait_until(lambda: bool(letters.about("certificate", learner)), "the mail", 60)
        visitor = Visitor(product.address)
        visitor.sign_in(learner)
        pdf = check_certificate(product, visitor)
        check_film(product, visitor)
        product.stop()
        assert not [path for path in (product.folder / "storage").rglob("*") if path.is_file()], (
            "it is all in the bucket"
        )
        assert pdf.startswith(b"%PDF-")


def check_certificate(product: Product, visitor: Visitor) -> bytes:
    """The learner downloads what stands in the bucket."""
    with inside(product.settings):
        certificate = db.session.scalars(select(Certificate)).one()
        kept = open_storage(product.settings).read(certificate.pdf_key)
    body = visitor.get(f"/certificates/{certificate.serial}.pdf").body
    assert body == kept
    return body


def check_film(product: Product, visitor: Visitor) -> None:
    """The film is transcoded into the bucket and comes from there, whole and in part, for who is enrolled."""
    wait_until(lambda: _ready(product), "the film", 120)
    visitor.post("/courses/film/enroll")
    playlist = visitor.get("/learn/film/watching/media/index.m3u8")
    assert playlist.status == 200
    assert playlist.body.startswith(b"#EXTM3U")
    piece = "/learn/film/watching/media/v0-00000.m4s"
    whole, part = visitor.get(piece), visitor.get(piece, headers={"Range": "bytes=4-7"})
    assert (whole.status, part.status, part.body) == (200, 206, whole.body[4:8])


def _ready(product: Product) -> bool:
    with inside(product.settings):
        return db.session.scalars(select(Video.status)).one() is VideoStatus.READY
