"""Erasure reaches the search index: every shard that holds a data file which is no more goes whole."""

from __future__ import annotations

from shujian.lake.derived import Forgotten, Gone
from shujian.lake.search.shards import holding, indexed, remove


def forget(gone: Gone, dry: bool) -> Forgotten:
    """Remove the shards over the data files that went. What is left in the dataset is indexed anew by the next
    search, so that no byte of what went stays, not even in a struck-out row or a list of terms.
    """
    found = removed = 0
    for dataset in indexed():
        names = gone.files.get(dataset, frozenset())
        if names:
            found += len(holding(dataset, names))
            removed += 0 if dry else remove(dataset, names)
    note = "检索索引已删除，剩下的行在下次检索时重建" if removed else ""
    return Forgotten("search", "检索索引", found, removed, note)
