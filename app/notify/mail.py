"""Mail to people: that something waits in the system, how often, and where; nothing about anybody.

Every sentence comes from the catalogue of events. Without a mail server, in development, a mail
becomes a file in a folder.
"""

import smtplib
import ssl
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from urllib.parse import unquote, urlsplit

from app.events.catalogue import KINDS
from app.kernel.clock import now
from app.models import Event, Outcome
from app.notify.sending import Reply
from app.settings import Settings

SUBJECT = "Er wacht een vraag in het systeem"
MAILBOX = "postvak"
PATIENCE = 10.0


def write_mail(address: str, events: Sequence[Event], settings: Settings) -> EmailMessage:
    """Return one mail for all events together."""
    counts = Counter(event.kind for event in events)
    lines = [f"- {count} keer: {KINDS[kind].meaning}" for kind, count in sorted(counts.items())]
    mail = EmailMessage()
    mail["Subject"], mail["To"], mail["From"] = SUBJECT, address, settings.mail_from
    mail["Date"] = format_datetime(now())
    mail["Message-ID"] = make_msgid(str(events[-1].id), domain=settings.mail_from.partition("@")[2])
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(
        "\n".join(
            (
                f"{SUBJECT}:",
                "",
                *lines,
                "",
                f"Meld u aan om het te lezen: {settings.public_url}",
                "",
                "Met opzet staat hier niets over een kind of een gezin. Antwoorden kan niet.",
            )
        )
    )
    return mail


def send_mail(mail: EmailMessage, settings: Settings) -> Reply:
    """Send a mail, or put it in the folder; nothing of the server's words is kept."""
    if settings.smtp_url is None:
        return _put_away(mail, settings)
    try:
        with _connect(_Server.of(settings.smtp_url.get_secret_value()), settings) as server:
            server.send_message(mail)
    except smtplib.SMTPRecipientsRefused as error:
        status = next(iter(error.recipients.values()))[0]
        return Reply(Outcome.REFUSED, status)
    except smtplib.SMTPResponseException as error:
        return Reply(Outcome.REFUSED, error.smtp_code)
    except (smtplib.SMTPException, OSError):
        return Reply(Outcome.NO_ANSWER)
    return Reply(Outcome.DELIVERED, 250)


@dataclass(frozen=True, slots=True)
class _Server:
    host: str
    port: int
    is_wrapped: bool
    user: str | None
    password: str

    @staticmethod
    def of(url: str) -> "_Server":
        parts = urlsplit(url)
        is_wrapped = parts.scheme == "smtps"
        return _Server(
            host=parts.hostname or "",
            port=parts.port or (465 if is_wrapped else 587),
            is_wrapped=is_wrapped,
            user=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password or ""),
        )


def _connect(server: _Server, settings: Settings) -> smtplib.SMTP:
    context = ssl.create_default_context()
    where = (server.host, server.port)
    if server.is_wrapped:
        opened: smtplib.SMTP = smtplib.SMTP_SSL(*where, timeout=PATIENCE, context=context)
    else:
        opened = smtplib.SMTP(*where, timeout=PATIENCE)
    try:
        # Outside development a server that speaks no TLS gets no mail, and no password.
        if not server.is_wrapped and (
            settings.environment != "ontwikkeling" or opened.has_extn("starttls")
        ):
            opened.starttls(context=context)
        if server.user is not None:
            opened.login(server.user, server.password)
    except BaseException:
        opened.close()
        raise
    return opened


def _put_away(mail: EmailMessage, settings: Settings) -> Reply:
    if settings.environment != "ontwikkeling":
        return Reply(Outcome.NO_MAIL_SERVER)
    folder = settings.data_folder / MAILBOX
    folder.mkdir(parents=True, exist_ok=True)
    name = str(mail["Message-ID"]).strip("<>").partition("@")[0]
    (folder / f"{name}.eml").write_bytes(bytes(mail))
    return Reply(Outcome.DELIVERED)
