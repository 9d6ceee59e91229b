"""The HTTP service: the API under /v1 on the same services as the command line, and screens."""

from fastapi import FastAPI

from app.crisis.held_routes import router as held_beds
from app.crisis.routes import router as crisis
from app.db.opened import Database
from app.families.availability_routes import router as availability
from app.families.feed_routes import router as family_feed
from app.families.move_routes import router as family_moves
from app.families.named_routes import router as named_families
from app.families.overview_routes import router as family_overview
from app.families.routes import router as families
from app.http.body_limit import BodyLimitMiddleware
from app.http.finding import find_by_words
from app.http.head import HeadMiddleware
from app.http.headers import API_PREFIX, HeadersMiddleware
from app.http.health import router as health
from app.http.host import HostMiddleware, hosts_of
from app.http.openapi import install_openapi
from app.http.problems import install_problems
from app.http.rates import open_limits
from app.http.request_log import RequestLogMiddleware
from app.http.secured import SecuredRoute
from app.http.slash import SlashMiddleware
from app.http.templates import route_templates
from app.http.tracing import TraceMiddleware
from app.http.turns import Lanes
from app.insight.routes import router as region_figures
from app.insight.survey_routes import router as surveys
from app.insight.yearly_routes import router as yearly
from app.intake.consent_routes import router as consents
from app.intake.contract_routes import router as contracts
from app.intake.correction_routes import router as corrections
from app.intake.draft_routes import router as drafts
from app.intake.file_routes import router as files
from app.intake.follow_alone import CrisisFollowUps
from app.intake.routes import router as intake
from app.intake.sibling_routes import router as siblings
from app.intake.waiting_routes import router as waiting
from app.jobs import make_queue
from app.kernel.files import MAX_FILE_BYTES
from app.ladder.routes import router as ladder
from app.ladder.setting_routes import router as care_settings
from app.notify.feed_routes import router as events
from app.notify.routes import router as subscriptions
from app.outcomes.calibration_routes import router as calibration
from app.outcomes.fair_routes import router as fairness
from app.outcomes.routes import router as weights
from app.oversight.emergency_routes import router as emergency
from app.oversight.routes import router as oversight
from app.oversight.seal_routes import router as seals
from app.placements.record_routes import router as placement_records
from app.placements.routes import router as placements
from app.placements.running_routes import router as running_placements
from app.proposals.question_routes import router as questions
from app.proposals.routes import router as proposals
from app.reference.area_routes import router as areas
from app.reference.routes import router as providers
from app.rights.purge_routes import router as purges
from app.rights.routes import router as rights
from app.screens.mount import create_screens
from app.security.open import open_gate
from app.settings import load_settings
from app.steps.living_routes import router as living
from app.steps.move_routes import router as moves
from app.steps.provider_routes import router as family_questions
from app.steps.routes import router as steps
from app.strain.ambulatory_routes import router as ambulatory
from app.strain.round_routes import router as respite_rounds
from app.strain.routes import router as strain
from app.telemetry.catalogue import Label
from app.telemetry.words import admit
from app.uploads.bulk_routes import router as bulk
from app.uploads.history_routes import router as past_placements
from app.uploads.routes import router as uploads

ROUTERS = (
    intake, files, consents, corrections, siblings, drafts, waiting, contracts, bulk,
    family_overview, families, named_families, family_feed, availability, family_moves, uploads,
    proposals, questions, steps, moves, family_questions, living, crisis, held_beds, events,
    subscriptions, providers, region_figures, yearly, surveys, weights, calibration, fairness,
    oversight, areas, seals, emergency, placements, placement_records, running_placements,
    past_placements, strain, respite_rounds, ambulatory, care_settings, ladder, health, rights,
    purges,
)  # fmt: skip
_LARGE_BODIES = frozenset(
    f"{API_PREFIX}/{path}" for path in ("imports", "pleeggezinnen/_bulk", "plaatsingshistorie")
)
# The screen takes a file in a form, with the form's own fields around it.
_LARGER_FORMS = {"/gezinnen/import": MAX_FILE_BYTES + 2**16}


def create_app(database: Database) -> FastAPI:
    """Return the service on an open database."""
    outer = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)
    v1 = _create_v1(database)
    outer.mount(API_PREFIX, v1)
    outer.mount("", create_screens(load_settings(), database, v1))
    install_problems(outer)
    outer.add_middleware(SlashMiddleware)
    outer.add_middleware(HeadMiddleware)
    # Files are written to disk while they come in, up to a limit of their own.
    outer.add_middleware(BodyLimitMiddleware, besides=_LARGE_BODIES, larger=_LARGER_FORMS)
    outer.add_middleware(HostMiddleware, hosts=hosts_of(load_settings()))
    outer.add_middleware(HeadersMiddleware)
    outer.add_middleware(RequestLogMiddleware)
    outer.add_middleware(TraceMiddleware)  # outermost: each log line tells the trace
    admit(Label.ROUTE, route_templates(outer))
    return outer


def _create_v1(database: Database) -> FastAPI:
    v1 = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)
    v1.router.route_class = SecuredRoute
    v1.state.sessions = database.sessions
    v1.state.gate = open_gate(load_settings(), database.sessions)
    v1.state.lanes = Lanes()
    v1.state.limits = open_limits(load_settings())
    v1.state.queue = make_queue(database.conninfo())
    v1.state.follow_ups = CrisisFollowUps(load_settings())
    install_problems(v1)
    for router in ROUTERS:
        v1.include_router(router)
    install_openapi(v1, load_settings())
    find_by_words(v1)
    # Now, before anybody asks: answers are shortened by what the contract says a role may see, and
    # writing it takes seconds in which this process answers nobody.
    v1.openapi()
    v1.add_middleware(SlashMiddleware)  # the screens ask it past the one of the whole service
    v1.add_middleware(TraceMiddleware, inside=True)
    return v1
