"""Mail to people, through a real SMTP server: that something waits, and nothing about anybody."""

import socket
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from pydantic import SecretStr
from sqlalchemy import text

from app.db.opened import Database
from app.db.session import session_for
from app.events.catalogue import Occurrence
from app.kernel.actor import SYSTEM, Actor, ActorRole
from app.log.write import configure_logs
from app.models import Channel, Outcome, Subscription, SubscriptionState
from app.notify.delivery import deliver
from app.notify.mail import MAILBOX, SUBJECT, send_mail
from app.notify.schemas import SubscriptionIn
from app.notify.service import subscribe
from app.settings import Settings
from tests.databases import of_worker
from tests.notify.subscribing import sweep_once
from tests.notify.telling import tell_family, wait_until_settled

pytestmark = [
    pytest.mark.timeout(300),  # waits for others' transactions
    pytest.mark.usefixtures("only_own"),
]

TO = "matchers@spirit.example"


class Mailbox:
    """Takes mail for everybody but the unknown; says what a test wants."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.logins: list[bytes] = []

    async def handle_RCPT(  # noqa: N802
        self, _: Any, __: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if address.startswith("onbekend"):
            return "550 onbekend: Noor Jansen"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _: Any, __: Any, envelope: Any) -> str:  # noqa: N802
        self.mails.append(message_from_bytes(envelope.content, policy=default))
        return "250 OK"

    def let_in(self, _: Any, __: Any, ___: Any, ____: str, login: Any) -> AuthResult:
        self.logins.append(login.login + b":" + login.password)
        return AuthResult(success=True)


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def with_server(mailbox: Mailbox, settings: Settings) -> Iterator[Settings]:
    """Settings that lead to a real server on a free port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(
        mailbox, hostname="127.0.0.1", port=port, authenticator=mailbox.let_in,
        auth_require_tls=False,
    )  # fmt: skip
    controller.start()
    url = SecretStr(f"smtp://wie:ge%40heim@127.0.0.1:{port}")
    yield settings.model_copy(update={"smtp_url": url})
    controller.stop()


def subscribe_to(told: Database, settings: Settings, address: str = TO) -> UUID:
    wait_until_settled(told)
    actor = Actor("beheer", ActorRole.ADMINISTRATOR)
    wish = SubscriptionIn(
        kanaal=Channel.MAIL, adres=address, aanbieder="spirit",
        soorten=[Occurrence.FAMILY_ADDED.type],
    )  # fmt: skip
    with session_for(told.sessions, actor) as session:
        return subscribe(session, actor=actor, wish=wish, settings=settings).id


def forget_jobs(told: Database) -> None:
    with of_worker(told) as own, session_for(own.sessions, SYSTEM) as session:
        session.execute(text("DELETE FROM procrastinate_jobs"))


def send(told: Database, settings: Settings, id_: UUID) -> Subscription:
    wait_until_settled(told)
    deliver(told.sessions, settings, id_)
    with session_for(told.sessions, SYSTEM) as session:
        return session.get_one(Subscription, id_)


def test_one_mail_for_all_that_waits(
    told: Database, with_server: Settings, mailbox: Mailbox
) -> None:
    """How often and what kind of thing, from the catalogue; no number, no name, and a link."""
    id_ = subscribe_to(told, with_server)
    for number in ("SPI-10013", "SPI-10014"):
        tell_family(told, number)
    found = send(told, with_server, id_)
    assert (found.outcome, found.last_status) == (Outcome.DELIVERED, 250)
    (mail,) = mailbox.mails
    words = mail.get_content()
    assert (mail["To"], mail["Subject"]) == (TO, SUBJECT)
    assert f"- 2 keer: {Occurrence.FAMILY_ADDED.meaning}" in words
    assert with_server.public_url in words
    # Read as a person reads it: as it is sent it is encoded, and would hold no word of ours.
    assert "SPI-" not in f"{words} {mail['Subject']} {mail['From']}"
    assert mailbox.logins == [b"wie:ge@heim"]


def test_the_next_mail_waits_a_while(
    told: Database, with_server: Settings, mailbox: Mailbox
) -> None:
    """What comes within a quarter of an hour is in the next one; the sweep leaves it till then."""
    id_ = subscribe_to(told, with_server)
    tell_family(told, "SPI-1")
    send(told, with_server, id_)
    tell_family(told, "SPI-2")
    send(told, with_server, id_)
    forget_jobs(told)  # one that is queued is left by the sweep whatever the time
    assert (len(mailbox.mails), sweep_once(told)) == (1, 0)
    with session_for(told.sessions, SYSTEM) as session:
        session.get_one(Subscription, id_).not_before = None
    assert sweep_once(told) == 1  # due now, so the sweep takes it
    send(told, with_server, id_)
    assert "- 1 keer" in mailbox.mails[1].get_content()


def test_a_refusal_is_a_status_without_the_words(
    told: Database, with_server: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    """What a mail server says may hold a name; tried again like a webhook."""
    configure_logs()
    id_ = subscribe_to(told, with_server, "onbekend@spirit.example")
    tell_family(told, "SPI-1")
    found = send(told, with_server, id_)
    assert (found.outcome, found.last_status, found.failures) == (Outcome.REFUSED, 550, 1)
    assert found.state is SubscriptionState.RUNNING
    with session_for(told.sessions, SYSTEM) as session:
        kept = session.execute(text("SELECT row_to_json(s)::text FROM subscription s")).scalars()
        assert "Noor" not in "".join(kept)
    logged = capsys.readouterr().err
    assert '"delivery_failed"' in logged
    assert "Noor" not in logged


def test_nobody_answers(told: Database, settings: Settings) -> None:
    """A server that is away."""
    away = settings.model_copy(update={"smtp_url": SecretStr("smtp://127.0.0.1:9")})
    id_ = subscribe_to(told, away)
    tell_family(told, "SPI-1")
    found = send(told, away, id_)
    assert (found.outcome, found.last_status) == (Outcome.NO_ANSWER, None)


def test_outside_development_no_mail_goes_without_tls(
    with_server: Settings, mailbox: Mailbox
) -> None:
    """Nor a password: a server without STARTTLS gets nothing; in development it gets both."""
    earnest = with_server.model_copy(update={"environment": "productie"})
    mail = EmailMessage()
    mail["To"], mail["From"] = TO, "pleegzorg@pleegzorg.example"
    assert send_mail(mail, earnest).outcome is Outcome.NO_ANSWER
    assert (mailbox.mails, mailbox.logins) == ([], [])
    assert send_mail(mail, with_server).outcome is Outcome.DELIVERED
    assert (len(mailbox.mails), len(mailbox.logins)) == (1, 1)


def test_without_a_server_a_laptop_keeps_it_in_a_folder(
    told: Database, settings: Settings, tmp_path: Path
) -> None:
    """A file that a mail program opens; outside development there is no such folder."""
    own = settings.model_copy(update={"data_folder": tmp_path})
    id_ = subscribe_to(told, own)
    tell_family(told, "SPI-1")
    assert send(told, own, id_).outcome is Outcome.DELIVERED
    (file,) = (tmp_path / MAILBOX).glob("*.eml")
    mail = message_from_bytes(file.read_bytes(), policy=default)
    assert mail["To"] == TO
    earnest = own.model_copy(update={"environment": "productie"})
    assert send_mail(mail, earnest).outcome is Outcome.NO_MAIL_SERVER  # type: ignore[arg-type]
