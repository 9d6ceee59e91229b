"""The service as its commands start it."""

import gc

from app.cli.serving import settled_app
from app.db.opened import Database


def test_what_the_service_is_made_of_is_not_looked_through_again(loaded_region: Database) -> None:
    """Its own objects lie outside the garbage collector's rounds; what requests make does not."""
    before = gc.get_freeze_count()  # the tests do as much with what they begin with
    app = settled_app(loaded_region)
    assert gc.get_freeze_count() > before
    assert len(gc.get_objects()) < gc.get_freeze_count() / 10
    assert app.routes
