"""How an import is shown."""

from datetime import UTC, datetime

from sqlalchemy.orm import Session

from app.models import ChangeKind, FindingKind, ImportBatch, ImportChange, ImportFinding
from app.uploads.queries import code_of, count_changes, first_findings
from app.uploads.schemas import (
    ChangeCountsOut,
    ChangeOut,
    CountsOut,
    FindingOut,
    ImportOut,
    ImportSummary,
    KindOfFindingOut,
    ProgressOut,
)

SHOWN_FINDINGS = 500


def show_import(session: Session, batch: ImportBatch) -> ImportOut:
    """Return an import with the first of its findings."""
    found = {
        kind: [
            show_finding(f) for f in first_findings(session, batch.id, kind, size=SHOWN_FINDINGS)
        ]
        for kind in FindingKind
    }
    return ImportOut(
        **show_summary(batch, code_of(session, batch)).model_dump(by_alias=False),
        changes=_count_changes(session, batch),
        refused=found[FindingKind.REFUSED],
        warnings=found[FindingKind.WARNING],
    )


def _count_changes(session: Session, batch: ImportBatch) -> ChangeCountsOut:
    counts = count_changes(session, batch.id)
    return ChangeCountsOut(
        **{kind.name.lower(): counts.get(kind, 0) for kind in ChangeKind},
        listed_at=f"/v1/imports/{batch.id}/wijzigingen",
    )


def show_change(change: ImportChange, provider: str | None) -> ChangeOut:
    """Return a changed record; provider: the code of who sent the import."""
    return ChangeOut(
        ordinal=change.ordinal,
        kind=change.kind,
        provider=provider,
        number=change.number,
        fields=change.fields,
    )


def show_summary(batch: ImportBatch, provider: str | None) -> ImportSummary:
    """Return an import without its findings."""
    return ImportSummary(
        id=batch.id,
        kind=batch.kind,
        provider=provider,
        file=batch.file,
        sha256=batch.sha256,
        state=batch.state,
        failure=batch.failure,
        received_at=batch.created_at.astimezone(UTC),
        finished_at=_utc(batch.applied_at),
        snapshot_day=batch.snapshot_day,
        progress=ProgressOut(done=batch.done, total=batch.total),
        counts=CountsOut(
            read=batch.read,
            added=batch.added,
            changed=batch.changed,
            unchanged=batch.unchanged,
            refused=batch.refused,
            to_confirm=batch.to_confirm,
        ),
    )


def show_finding(finding: ImportFinding) -> FindingOut:
    """Return a refused row or a remark."""
    return FindingOut(
        file=finding.file,
        row=finding.row,
        field=finding.field,
        message=finding.message,
        record=finding.record,
    )


def show_any_finding(finding: ImportFinding) -> KindOfFindingOut:
    """Return a finding that says of which kind it is."""
    return KindOfFindingOut(**show_finding(finding).model_dump(by_alias=False), kind=finding.kind)


def _utc(moment: datetime | None) -> datetime | None:
    return moment.astimezone(UTC) if moment else None
