"""Every page of the screens is measured, or it is said why not."""

from benchmarks.screen_pages import NOT_PAGES, addresses, all_templates, measured_templates
from benchmarks.screens import judge


def test_no_page_escapes() -> None:
    """Those of routers in routers too; what is left out is still there, with its reason."""
    assert len(all_templates()) > 80
    assert set(measured_templates()) | set(NOT_PAGES) == set(all_templates())
    assert all(NOT_PAGES.values())


def test_a_page_that_nobody_saw_fails() -> None:
    """As does one that is slow, or heavy."""
    quick = {"ms": 10.0, "kb": 90.0}
    seen = {f"{template} (coordinator)": quick for template in measured_templates()}
    assert judge(seen) == []
    name, *_ = seen
    assert judge(seen | {name: {"ms": 101.0, "kb": 90.0}}) == [f"{name}: 101.0 ms"]
    assert judge(seen | {name: {"ms": 10.0, "kb": 201.0}}) == [f"{name}: 201.0 kB"]
    rest = {other: found for other, found in seen.items() if other != name}
    assert judge(rest) == [f"nobody could see {name.removesuffix(' (coordinator)')}"]


def test_a_gap_is_filled_by_template_first() -> None:
    """With each of several words; and a gap for which there is nothing gives no address."""
    things = {"child_id": "1", "/a/{child_id:uuid} child_id": "2", "act": ["x", "y"]}
    assert list(addresses("/a/{child_id:uuid}", things)) == ["/a/2"]
    assert list(addresses("/b/{child_id}/{act}", things)) == ["/b/1/x", "/b/1/y"]
    assert list(addresses("/c/{unknown}", things)) == []
