"""Every store that holds copies or traces of lake rows, on one page. A new store adds its line here."""

from __future__ import annotations

from shujian.lake.arrivals.forgetting import forget_arrivals
from shujian.lake.derived import Forget, Forgotten, Gone
from shujian.lake.erasing.papers import PAPERS
from shujian.lake.erasing.tables import history_of
from shujian.lake.folding import fold
from shujian.lake.search.shards import indexed
from shujian.lake.search.shards import sweep as sweep_search


def forget_search(gone: Gone, dry: bool) -> Forgotten:
    """Index shards made of data files that are no more go whole; the next search makes them of what is left."""
    touched = [dataset for dataset in indexed() if gone.files.get(dataset)]
    if dry:
        return Forgotten("search", "检索索引", len(touched), 0)
    removed = sum(sweep_search(dataset, fold(dataset, history_of(dataset)).files) for dataset in touched)
    return Forgotten("search", "检索索引", removed, removed, "下次检索时由余下的行重建" if removed else "")


STORES: tuple[Forget, ...] = (*PAPERS, forget_arrivals, forget_search)
