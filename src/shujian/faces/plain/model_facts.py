"""All that a page about one model shows, for the page of the web and for the file that is taken away."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from shujian.clues import read as clues
from shujian.faces.plain import words
from shujian.kernel.clock import today
from shujian.lake import read as lake
from shujian.runs import read as runs
from shujian.supervision import read as supervision


def facts_of(name: str) -> dict[str, Any]:
    """The context of both templates. Raises BadInput for an unknown or faulty model."""
    spec = supervision.model(name)
    run = runs.last_run(spec.id)
    counted = {step["id"]: step for step in run.steps} if run else {}
    needs = _needs(spec)
    return {
        "spec": spec, "sentence": supervision.sentence(spec), "figures": clues.model_figures(spec.id), "run": run,
        "status": words.STATUS[spec.status], "points": _points(spec),
        "steps": [{"step": step, "count": counted.get(step.id), "use": words.USES.get(step.use, step.use)} for step in spec.steps],
        "keywords": list(supervision.keywords(spec.id).values()), "as_of": run.as_of if run else None, "needs": needs,
        "diagram": mark_safe(supervision.diagram(spec, {one["alias"]: one["title"] for one in needs}, words.USES)),  # escaped there
        "proofs": supervision.proofs(spec.id), "parameters": supervision.parameters(spec.id),
        "note": supervision.note(spec.id), "necessity": supervision.necessity(spec.id), "letters": supervision.letters(spec.id),
        "fairness": _fairness(spec.id),
        "fingerprint": supervision.fingerprint(spec.id),
    }  # fmt: skip


def page_of(name: str) -> str:
    """One HTML file that needs nothing else: no script, no picture, no style of another place. No person's data."""
    return render_to_string("plain/model_file.html", {**facts_of(name), "made_on": today()})


def _points(spec: supervision.ModelSpec) -> list[str]:
    point = spec.taxonomy.point
    return [point] if isinstance(point, str) else list(point)


def _needs(spec: supervision.ModelSpec) -> list[dict[str, Any]]:
    contracts = lake.sources()
    return [
        {"alias": alias, "title": contracts[need.source].title if need.source in contracts else need.source,
         "provider": contracts[need.source].provider if need.source in contracts else "", "fresh": need.fresh_days()}
        for alias, need in spec.needs.items()
    ]  # fmt: skip


def _fairness(model: str) -> dict[str, Any] | None:
    found = runs.last_fairness(model)
    return None if found is None else {"run": found[0], **found[1]}
