"""The lake: which data there are, under which agreement, how fresh and how good. Counts only, no person's data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from shujian.accounts.read import Actor
from shujian.faces.plain import words
from shujian.faces.plain.doors import route
from shujian.kernel.clock import today
from shujian.kernel.errors import BadInput, ShujianError
from shujian.lake import read as lake
from shujian.lookups.read import own_regions

MONTHS = 24
"""So many months stand in the grid; ``?all=1`` shows every one."""


@dataclass(frozen=True)
class Cell:
    """One month in one town. ``rows`` None: nothing there and nothing to say."""

    rows: int | None
    state: str
    title: str


@route("lake.read")
def lake_list(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every source: those whose data are here first, with agreement, freshness and what is due."""
    faults: tuple[str, ...] = ()
    contracts: dict[str, lake.SourceContract] = {}
    try:
        contracts = lake.sources()
    except ShujianError as error:
        faults = tuple(fault.sentence() for fault in error.faults)
    landed = {one.id: one for one in lake.datasets()}
    rows = [
        {"contract": contract, "info": landed.get(name), "agreement": words.AGREEMENTS[lake.agreement_state(contract, today())],
         "state": lake.agreement_state(contract, today())}
        for name, contract in contracts.items()
    ]  # fmt: skip
    here = [row for row in rows if row["info"]]
    days = [one.extract_on for one in landed.values() if one.extract_on]
    context = {
        "here": here, "waiting": [row for row in rows if not row["info"]], "faults": faults,
        "rows_all": sum(one.rows for one in landed.values()), "as_of": max(days, default=None),
        "stale": sum(one.fresh is False for one in landed.values()),
        "overdue": sum(bool(one.overdue) for one in landed.values()),
        "ended": sum(row["state"] in ("expired", "ending") for row in here),
    }  # fmt: skip
    return render(request, "plain/lake.html", context)


@route("lake.read")
def dataset_page(request: HttpRequest, actor: Actor, dataset: str) -> HttpResponse:
    """One dataset: quality of its fields, rows that nothing can match, coverage by month and town."""
    try:
        contract = lake.source(dataset)
    except BadInput:
        raise Http404 from None
    report = lake.quality(dataset)
    info = next((one for one in lake.datasets() if one.id == dataset), None)
    titles = {field.id: field for field in contract.fields}
    fields = [
        {"field": titles[name], "one": one, "share": _share(one.complete, report.rows), "valid": _share(one.valid, one.complete)}
        for name, one in report.fields.items()
    ]  # fmt: skip
    regions = own_regions(actor)
    towns, months, hidden = _grid(_within(report.coverage, regions), everything="all" in request.GET)
    rejected = _rejected(report)
    context = {
        "contract": contract, "report": report, "info": info, "fields": fields, "towns": towns, "months": months,
        "hidden": hidden, "rejected": rejected, "regions": sorted(regions or ()), "as_of": report.as_of,
        "agreement": words.AGREEMENTS[lake.agreement_state(contract, today())],
        "state": lake.agreement_state(contract, today()),
        "reasons": [
            {"name": _named(contract, name), "count": count,
             "why": [(said, n) for key, said in words.REASONS.items() if (n := report.reasons[name][key])]}
            for name, count in report.unmatchable.items()
        ],
    }  # fmt: skip
    return render(request, "plain/dataset.html", context)


def _named(contract: lake.SourceContract, subject_id: str) -> str:
    """A subject by the title of the field that names it."""
    subject = contract.subjects[subject_id]
    field = contract.field(subject.name or subject.address or "")
    return field.title if field else subject_id


def _rejected(report: lake.QualityReport) -> dict[str, Any] | None:
    """Rejects of the last batch by code, counted; sealed ones among them."""
    if report.batch is None:
        return None
    codes: dict[str, int] = {}
    seen: set[tuple[str, str | None, int]] = set()
    for one in lake.rejects(report.batch.batch):
        place = (one.file, one.sheet, one.line)
        if place not in seen:
            seen.add(place)
            codes[one.code] = codes.get(one.code, 0) + 1
    listed = sorted(codes.items(), key=lambda entry: (-entry[1], entry[0]))
    return {
        "batch": report.batch,
        "codes": [(words.REJECTS.get(code, code), count) for code, count in listed],
    }


def _share(part: int, whole: int) -> int | None:
    return round(100 * part / whole) if whole else None


def _within(coverage: Sequence[lake.MonthCovered], regions: frozenset[str] | None) -> list[lake.MonthCovered]:
    """The months of one's own regions, where the reader's role was narrowed to some."""
    kept = None if regions is None else set(map(lake.search_form, regions))
    return [one for one in coverage if kept is None or lake.search_form(one.region or "") in kept]


def _grid(
    coverage: Sequence[lake.MonthCovered], *, everything: bool
) -> tuple[list[str], list[dict[str, Any]], int]:
    """Towns, the newest months first with a cell for each town, and how many months are left out."""
    towns = sorted({one.region or "" for one in coverage}, key=lambda name: (name == "", name))
    by_month: dict[str, dict[str, lake.MonthCovered]] = {}
    for one in coverage:
        by_month.setdefault(one.month or "", {})[one.region or ""] = one
    order = sorted(by_month, reverse=True)
    shown = order if everything else order[:MONTHS]
    months = [
        {"month": month or "没有日期", "rows": sum(one.rows for one in by_month[month].values()),
         "cells": [_cell(by_month[month].get(town), month, town) for town in towns]}
        for month in shown
    ]  # fmt: skip
    blank = "未写乡镇" if len(towns) > 1 else "不分乡镇"
    return [town or blank for town in towns], months, len(order) - len(shown)


def _cell(one: lake.MonthCovered | None, month: str, town: str) -> Cell:
    if one is None:
        return Cell(None, "undeclared", "")
    said = words.COVERED[one.state]
    return Cell(one.rows, one.state, f"{month or '没有日期'} {town or '未写乡镇'}：{one.rows} 行，{said}")
