"""Hand-written DuckDB SQL for what ``match`` and ``absent`` mean between two lists of persons.

Written from domain.md §5.0 and the model language, without our compiler; each is one statement, as somebody
who knows DuckDB would write it.
"""

from __future__ import annotations

_ONE_APART = """
abs(length(l.person__name) - length(r.person__name)) <= 1 and len(list_filter(
  range(greatest(length(l.person__name), length(r.person__name))), lambda i:
  l.person__name[:i] = r.person__name[:i] and (
    (length(l.person__name) = length(r.person__name) and l.person__name[i + 2:] = r.person__name[i + 2:])
    or l.person__name[i + 2:] = r.person__name[i + 1:] or l.person__name[i + 1:] = r.person__name[i + 2:]))) > 0
"""

_SLIP = f"""
l.person__birth = r.person__birth and l.person__sex = r.person__sex and l.person__name[1] = r.person__name[1]
  and l.person__name <> r.person__name and ({_ONE_APART})
"""

_WEAK = """
case when l.person__birth = r.person__birth
       and (l.person__sex = r.person__sex or l.person__area = r.person__area) then 2
     when l.person__mask = r.person__mask then 3 else 4 end
"""


_KEYS = ("id", "name", "mask", "birth", "sex", "area")
_BOTH = ", ".join(f"{side}.person__{key} as {side}_{key}" for side in ("l", "r") for key in _KEYS)


def match(left: str, right: str, *, common_name: int, cap: int) -> str:
    """Every pair with both sides' keys and its grade 0 to 4 (A, A-, B, B-, C): name-only pairs without common
    names, and capped.
    """
    return f"""
create or replace temp table hand_match as
with l as (select * from {left}), r as (select * from {right}),
pairs as (
  select l._row as lrow, r._row as rrow, {_BOTH},
         case when l.person__name = r.person__name or ({_ONE_APART}) then 0 else 1 end as grade
  from l join r on l.person__id = r.person__id
  union all
  select l._row, r._row, {_BOTH}, {_WEAK}
  from l join r on l.person__name = r.person__name
  where l.person__id is null
  union all
  select l._row, r._row, {_BOTH}, {_WEAK}
  from l join r on l.person__name = r.person__name
  where l.person__id is not null and r.person__id is null),
named as materialized (select * from pairs),
candidates as (select distinct l_name as name from named where grade = 4),
common as (
  select person__name as name from l semi join candidates on l.person__name = candidates.name
  group by 1 having count(distinct coalesce(person__id, _row)) > {common_name}
  union
  select person__name from r semi join candidates on r.person__name = candidates.name
  group by 1 having count(distinct coalesce(person__id, _row)) > {common_name})
select * from named where grade < 4
union all
select * from (
  select * from named where grade = 4 and l_name not in (select name from common)
  order by lrow, rrow limit {cap})
"""


def absent(left: str, right: str, *, complete_from: str, complete_to: str, as_of: str) -> str:
    """Each left row, with its keys, that has no sure counterpart decided on or after its day: possible, proved
    or unknown.
    """
    later = "r.decided_on >= l.settled_on"
    not_both = "(l.person__id is null or r.person__id is null)"
    keys = ", ".join(f"l.person__{key}" for key in _KEYS)
    return f"""
create or replace temp table hand_absent as
with l as (select * from {left}), r as (select * from {right}),
seen as (
  select l._row as row, coalesce({later}, false) as sure, {later} is null as maybe
  from l join r on l.person__id = r.person__id
  union all
  select l._row, false, coalesce({later}, true)
  from l join r on l.person__name = r.person__name where l.person__id is null
  union all
  select l._row, false, coalesce({later}, true)
  from l join r on l.person__name = r.person__name where l.person__id is not null and r.person__id is null
  union all
  select l._row, false, coalesce({later}, true)
  from l join r on l.person__mask = r.person__mask and {not_both}
  where l.person__name is distinct from r.person__name or l.person__name is null
  union all
  select l._row, false, coalesce({later}, true) from l join r on {_SLIP} and l.person__id is null
  union all
  select l._row, false, coalesce({later}, true)
  from l join r on {_SLIP} and l.person__id is not null and r.person__id is null),
decided as (select row, bool_or(sure) as sure, bool_or(maybe) as maybe from seen group by row)
select l._row as lrow, l.settled_on, {keys},
       case when d.maybe then 'possible'
            when l.person__id is not null and l.settled_on between date '{complete_from}' and date '{complete_to}'
             and l.settled_on <= date '{as_of}' then 'proved'
            else 'unknown' end as state
from l left join decided d on l._row = d.row
where not coalesce(d.sure, false)
"""
