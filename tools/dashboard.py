"""Write the Grafana dashboard: `python -m tools.dashboard`; its panels stand here, one a line."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PLACE = Path(__file__).parents[1] / "deploy" / "grafana" / "pleegzorg.json"
_SOURCE = {"type": "prometheus", "uid": "${bron}"}
_RATE = "[$__rate_interval]"
_P95 = "histogram_quantile(0.95, sum by (le{by}) (rate({name}_bucket{rate})))"


def _p95(name: str, by: str = "") -> str:
    return _P95.format(name=name, by=f", {by}" if by else "", rate=_RATE)


# Of each row: title, and panels as (title, unit, expression, legend).
ROWS: tuple[tuple[str, tuple[tuple[str, str, str, str], ...]], ...] = (
    ("Verzoeken", (
        ("Verzoeken per seconde", "reqps",
         f"sum by (status) (rate(pleegzorg_requests_total{_RATE}))", "{{status}}"),
        ("Duur, p95 per route", "s", _p95("pleegzorg_request_seconds", "route"), "{{route}}"),
        ("Nu bezig", "short", "sum(pleegzorg_requests_busy)", "bezig"),
        ("Geweigerd aan de deur", "short",
         f"sum by (reden) (rate(pleegzorg_sign_in_refused_total{_RATE}))", "{{reden}}"),
    )),
    ("Database", (
        ("Database antwoordt", "bool", "min(pleegzorg_database_up)", "antwoordt"),
        ("Beurten in gebruik", "short", "sum(pleegzorg_turns_taken)", "in gebruik"),
        ("Wachten op een beurt", "short", "sum(pleegzorg_turns_waiting)", "wachtend"),
        ("Wachten op een beurt, p95", "s", _p95("pleegzorg_turn_seconds"), "p95"),
        ("Verbindingen in gebruik", "short",
         "sum by (instance) (pleegzorg_pool_taken)", "{{instance}}"),
    )),
    ("Wachtrij en workers", (
        ("Wachtend werk", "short", "max by (taak) (pleegzorg_queue_length)", "{{taak}}"),
        ("Oudste wachtende werk", "s",
         "max by (taak) (pleegzorg_queue_oldest_seconds)", "{{taak}}"),
        ("Uitgevoerd werk", "short",
         f"sum by (taak, uitkomst) (rate(pleegzorg_jobs_total{_RATE}))", "{{taak}} {{uitkomst}}"),
        ("Duur van werk, p95", "s", _p95("pleegzorg_job_seconds", "taak"), "{{taak}}"),
        ("Opgegeven werk, één dag", "short", "max by (taak) (pleegzorg_jobs_failed)", "{{taak}}"),
        ("Levende workers", "short", "max(pleegzorg_workers)", "workers"),
        ("Sinds het laatste teken van leven", "s",
         "min(pleegzorg_worker_heartbeat_age_seconds)", "s"),
    )),
    ("Matchruns, imports en berichten", (
        ("Matchruns van dertig dagen", "short", "max by (stand) (pleegzorg_runs)", "{{stand}}"),
        ("Duur van de laatste", "s", "max(pleegzorg_run_seconds)", "duur"),
        ("Afstand tot de grens", "percentunit", "max(pleegzorg_run_gap)", "afstand"),
        ("Sinds de laatste geslaagde", "s", "min(pleegzorg_run_age_seconds)", "s"),
        ("Imports van dertig dagen", "short", "max by (stand) (pleegzorg_imports)", "{{stand}}"),
        ("Abonnementen", "short", "max by (stand) (pleegzorg_subscriptions)", "{{stand}}"),
        ("Berichten afgeleverd", "short",
         f"sum by (uitkomst) (rate(pleegzorg_deliveries_total{_RATE}))", "{{uitkomst}}"),
    )),
    ("Verantwoording en machine", (
        ("Niet verzegelde regels", "short", "max(pleegzorg_audit_unsealed)", "regels"),
        ("Oudste niet verzegelde", "s", "max(pleegzorg_audit_unsealed_age_seconds)", "s"),
        ("Verwerkingenlogboek", "short",
         f"sum(rate(pleegzorg_spans_total{_RATE}))", "regels per seconde"),
        ("Daarvan verloren", "short",
         f"sum by (reden) (increase(pleegzorg_spans_dropped_total{_RATE}))", "{{reden}}"),
        ("Het verwerkingenlogboek gaat ergens heen", "bool", "min(pleegzorg_spans_place)", "gaat"),
        ("Laatste back-up", "s", "min(pleegzorg_backup_age_seconds)", "s"),
        ("Geheugen", "bytes", "sum by (instance) (pleegzorg_memory_bytes)", "{{instance}}"),
        ("Processen", "short", "sum by (instance) (pleegzorg_processes)", "{{instance}}"),
    )),
)  # fmt: skip


def dashboard() -> dict[str, Any]:
    """Return the dashboard as Grafana imports it."""
    return {
        "uid": "pleegzorg",
        "title": "Gezamenlijke toegang pleegzorg",
        "tags": ["pleegzorg"],
        "schemaVersion": 39,
        "editable": True,
        "refresh": "30s",
        "time": {"from": "now-6h", "to": "now"},
        "templating": {
            "list": [{"name": "bron", "label": "Bron", "type": "datasource", "query": "prometheus"}]
        },
        "panels": [{"id": n, **panel} for n, panel in enumerate(_panels(), 1)],
    }


def _panels() -> Iterator[dict[str, Any]]:
    top = 0
    for title, panels in ROWS:
        yield {"type": "row", "title": title, "gridPos": _place(0, top, 24, 1), "panels": []}
        for n, panel in enumerate(panels):
            yield _panel(panel, _place(n % 3 * 8, top + 1 + n // 3 * 7, 8, 7))
        top += 1 + -(-len(panels) // 3) * 7


def _panel(told: tuple[str, str, str, str], place: dict[str, int]) -> dict[str, Any]:
    title, unit, expression, legend = told
    return {
        "type": "timeseries",
        "title": title,
        "datasource": _SOURCE,
        "gridPos": place,
        "fieldConfig": {"defaults": {"unit": unit, "min": 0}, "overrides": []},
        "targets": [
            {"refId": "A", "datasource": _SOURCE, "expr": expression, "legendFormat": legend}
        ],
    }


def _place(x: int, y: int, width: int, height: int) -> dict[str, int]:
    return {"x": x, "y": y, "w": width, "h": height}


if __name__ == "__main__":
    PLACE.parent.mkdir(parents=True, exist_ok=True)
    PLACE.write_text(json.dumps(dashboard(), ensure_ascii=False, indent=2) + "\n", "utf-8")
