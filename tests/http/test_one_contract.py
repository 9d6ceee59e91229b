"""The contract is written once for the same routes and settings, and for no others."""

from fastapi import APIRouter, FastAPI

from app.http.openapi import install_openapi
from app.settings import Settings


def read_one() -> str:
    """Een deur."""
    return ""


def read_other() -> str:
    """Een andere deur."""
    return ""


def app_with(settings: Settings, path: str = "/een", *, other: bool = False) -> FastAPI:
    """An app with a router of one door, as those of the service are included."""
    router = APIRouter(prefix="/deuren")
    router.get(path, operation_id="leesKind")(read_other if other else read_one)
    app = FastAPI(openapi_url=None)
    app.include_router(router)
    install_openapi(app, settings)
    return app


def test_two_apps_with_the_same_routes_have_one_contract(settings: Settings) -> None:
    """Which is the very same object: nobody writes it twice."""
    assert app_with(settings).openapi() is app_with(settings).openapi()


def test_another_route_or_setting_has_its_own(settings: Settings) -> None:
    """A path, the work behind it, where the service runs."""
    elsewhere = settings.model_copy(update={"public_url": "https://elders.example"})
    told = [
        app_with(settings).openapi(),
        app_with(settings, "/twee").openapi(),
        app_with(settings, other=True).openapi(),
        app_with(elsewhere).openapi(),
    ]
    assert list(told[1]["paths"]) == ["/deuren/twee"]
    assert told[3]["servers"] == [{"url": "https://elders.example/v1"}]
    assert len({id(one) for one in told}) == len(told)
