"""How large a form with a file may be, and what a form without a session costs."""

from collections.abc import Callable

from fastapi.testclient import TestClient

from app.http.body_limit import MAX_BODY_BYTES
from app.kernel.files import MAX_FILE_BYTES
from tests.screens.served import mark_in

PAGE = "/gezinnen/import"


def test_a_file_may_be_larger_than_other_forms(client_as: Callable[..., TestClient]) -> None:
    """Two times what any other form may be is taken; the path of another form refuses it."""
    matcher = client_as("aanbieder-matcher", "spirit")
    given = {"_merk": mark_in(matcher.get(PAGE).text), "aanbieder": "spirit"}
    files = {"bestand": ("groot.csv", b"a;b\r\n" * (2 * MAX_BODY_BYTES // 5), "text/csv")}
    taken = matcher.post(PAGE, data=given, files=files, follow_redirects=False)
    assert taken.status_code == 303
    elsewhere = matcher.post("/vragen", data=given, files=files)
    assert elsewhere.status_code in (405, 413)
    kind = "multipart/form-data; boundary=x"
    told = {"content-length": str(MAX_FILE_BYTES + 2**17), "content-type": kind}
    too_large = matcher.post(PAGE, content=b"", headers=told)
    assert too_large.status_code == 413
    assert "te groot" in too_large.text


def test_a_file_of_a_session_that_ended_is_not_read(client_as: Callable[..., TestClient]) -> None:
    """Whoever is not signed in goes to sign in; nothing of the file is kept."""
    matcher = client_as("aanbieder-matcher", "spirit")
    page = matcher.get(PAGE).text
    matcher.post("/uitloggen", data={"_merk": mark_in(page)})
    matcher.cookies.set("pleegzorg-sessie", "een-sessie-die-voorbij-is")
    files = {"bestand": ("a.csv", b"a;b\r\n", "text/csv")}
    answer = matcher.post(PAGE, data={"_merk": "x"}, files=files, follow_redirects=False)
    assert answer.status_code == 303
    assert "/inloggen?naar=" in answer.headers["location"]
    assert "onverzonden" not in answer.headers["location"]
