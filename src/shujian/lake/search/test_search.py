"""Search over landed files: hits equal a plain scan, the index follows batches, rights are in every count."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shujian.kernel.errors import BadInput
from shujian.lake import read, service
from shujian.lake.conftest import STAFF, number
from shujian.lake.read import SearchPage, SearchRequest, SearchRights, wanted
from shujian.lake.search import ask, shards
from shujian.lake.search.text import form, hide

Put = Callable[..., Path]
ALL = {"t_staff": SearchRights(frozenset({"remark"}), frozenset({"name", "id_card"}))}


def staff(rows: Iterable[tuple[int, str]], *, name: str = "示例甲", town: str = "城关镇") -> str:
    """A file of ``t_staff``: (number of the person, remark); the day grows with the number."""
    lines = (f"{name},{number(n)},2020-01-{n % 28 + 1:02d},{town},{text}\n" for n, text in rows)
    return "姓名,身份证号,入编日期,乡镇,备注\n" + "".join(lines)


def find(query: str = "", scope: read.SearchScope = ALL, **told: object) -> SearchPage:
    request = SearchRequest(wanted=wanted(query) if query else None, **told)  # type: ignore[arg-type]
    return read.search(request, scope, read.pin())


def texts(page: SearchPage) -> list[str]:
    return [hit.snippets[0].text for hit in page.items]


def everything(request: SearchRequest, scope: read.SearchScope = ALL) -> list[str]:
    """All pages, by following the cursor."""
    found: list[str] = []
    cursor = None
    while True:
        page = read.search(replace(request, cursor=cursor), scope, read.pin())
        found += [hit.row for hit in page.items]
        cursor = page.next
        if cursor is None:
            return found


def test_words_phrases_alternatives_and_exclusions(lake_home: Path, put: Put) -> None:
    rows = [
        (1, "工地夜间噪声扰民"),
        (2, "工地白天噪声"),
        (3, "欠薪三个月"),
        (4, "薪水拖欠"),
        (5, "A栋 B座ａｂ"),
    ]
    service.ingest("t_staff", [put("a.csv", staff(rows))])
    assert texts(find("噪声")) == ["工地白天噪声", "工地夜间噪声扰民"]
    assert texts(find("噪声 夜间")) == ["工地夜间噪声扰民"]
    assert texts(find("噪声 -夜间")) == ["工地白天噪声"]
    assert texts(find("工地 夜间 OR 白天")) == ["工地白天噪声", "工地夜间噪声扰民"]
    assert texts(find("欠薪")) == ["欠薪三个月"]
    assert texts(find("薪")) == ["薪水拖欠", "欠薪三个月"]
    assert texts(find("声")) == ["工地白天噪声", "工地夜间噪声扰民"]
    assert texts(find("夜间噪声扰")) == ["工地夜间噪声扰民"]
    assert texts(find('"夜间噪声')) == texts(find("夜间噪声”")) == ["工地夜间噪声扰民"]
    assert texts(find('噪声 -"夜间 噪声"')) == texts(find("噪声 －夜间")) == ["工地白天噪声"]
    assert texts(find('"Ｂ座AB"')) == texts(find("“a栋 b”")) == ["A栋 B座ａｂ"]
    assert find("夜间扰民").total == find("不存在").total == find("工地 -噪声").total == 0
    assert find("拖").items[0].snippets[0].marks == ((2, 1),)


def test_a_page_says_where_each_row_comes_from(lake_home: Path, put: Put) -> None:
    service.ingest("t_staff", [put("a.csv", staff([(1, "甲" * 300 + "飞线充电" + "乙" * 300)]))])
    page = find("飞线充电")
    hit = page.items[0]
    assert (hit.dataset, hit.title, hit.file, hit.sheet, hit.line) == (
        "t_staff",
        "示例名册",
        "a.csv",
        None,
        2,
    )
    assert (hit.day, hit.region) == (date(2020, 1, 2), "城关镇")
    piece = hit.snippets[0]
    ((start, length),) = piece.marks
    assert piece.text[start : start + length] == "飞线充电"
    assert (len(piece.text), piece.cut_before, piece.cut_after, piece.title) == (96, True, True, "备注")
    assert (page.total, page.at_least, page.snapshot, page.behind) == (1, False, read.pin().id, {})


def test_filters(lake_home: Path, put: Put) -> None:
    service.ingest("t_staff", [put("a.csv", staff([(n, f"噪声{n}") for n in range(1, 6)]))])
    service.ingest("t_staff", [put("b.csv", staff([(9, "噪声9")], town="渌口镇"))])
    assert find("噪声").total == 6
    assert texts(find("噪声", since=date(2020, 1, 5))) == ["噪声9", "噪声5", "噪声4"]
    assert texts(find("噪声", until=date(2020, 1, 3))) == ["噪声2", "噪声1"]
    assert texts(find("噪声", since=date(2020, 1, 4), until=date(2020, 1, 4))) == ["噪声3"]
    assert texts(find("噪声", region="渌口")) == ["噪声9"]
    assert find("噪声", region="没有").total == find("噪声", datasets=("t_firms",)).total == 0
    assert find("噪声", fields=("remark",)).total == 6 and find("噪声", fields=("name",)).total == 0
    for wrong in (
        {"limit": 0},
        {"order": "x"},
        {"cursor": "x"},
        {"since": date(2020, 2, 1), "until": date(2020, 1, 1)},
    ):
        with pytest.raises(BadInput):
            find("噪声", **wrong)


@pytest.mark.parametrize("order", ["new", "best"])
def test_pages_hold_every_row_once(lake_home: Path, put: Put, order: str) -> None:
    for name in "ab":
        rows = [(n + 500 * (name == "b"), f"噪声{n}" * (n % 5 + 1)) for n in range(1, 90)]
        service.ingest("t_staff", [put(f"{name}.csv", staff(rows))])
    for limit in (1, 7, 50):
        found = everything(SearchRequest(wanted=wanted("噪声"), order=order, limit=limit))
        assert (len(found), len(set(found))) == (178, 178)
    days = [hit.day for hit in find("噪声", limit=200).items]
    assert days == sorted(days, reverse=True)  # type: ignore[type-var]


def test_the_index_follows_batches_and_shows_current_rows_only(lake_home: Path, put: Put) -> None:
    service.ingest("t_staff", [put("a.csv", staff([(1, "旧文噪声"), (2, "噪声二")]))])
    assert service.index("t_staff") == 2
    service.ingest("t_staff", [put("b.csv", staff([(1, "新文噪声"), (3, "噪声三")]))])
    assert sorted(texts(find("噪声"))) == ["噪声三", "噪声二", "新文噪声"]
    assert find("旧文").total == 0 and find("新文").total == 1
    older = read.search(SearchRequest(wanted=wanted("噪声")), ALL, read.pin(), most_rows=0)
    assert (older.total, older.behind) == (3, {})


def test_what_is_too_much_for_now_is_said(lake_home: Path, put: Put) -> None:
    service.ingest("t_staff", [put("a.csv", staff([(1, "噪声一"), (2, "噪声二")]))])
    find("噪声")
    service.ingest("t_staff", [put("b.csv", staff([(1, "安静"), (3, "噪声三"), (4, "x"), (5, "x")]))])
    page = read.search(SearchRequest(wanted=wanted("噪声")), ALL, read.pin(), most_rows=3)
    assert (texts(page), page.behind) == (["噪声二"], {"t_staff": 4})
    assert texts(find("噪声")) == ["噪声三", "噪声二"]


def test_what_is_too_much_for_now_counts_over_all_datasets(lake_home: Path, put: Put) -> None:
    folder = lake_home / "catalogue" / "sources"
    (folder / "t_other.yaml").write_text(STAFF.replace("id: t_staff", "id: t_other"), "utf-8")
    scope = dict.fromkeys(("t_other", "t_staff"), ALL["t_staff"])
    for source in scope:
        service.ingest(source, [put(f"{source}.csv", staff([(1, "噪声一"), (2, "噪声二")]))])
    request = SearchRequest(wanted=wanted("噪声"))
    first = read.search(request, scope, read.pin(), most_rows=3)
    assert (first.total, first.behind) == (2, {"t_staff": 2})
    second = read.search(request, scope, read.pin(), most_rows=3)
    assert (second.total, second.behind) == (4, {})


def test_a_busy_index_answers_with_what_it_has_and_no_replaced_row(lake_home: Path, put: Put) -> None:
    service.ingest("t_staff", [put("a.csv", staff([(1, "噪声一"), (2, "噪声二")]))])
    find("噪声")
    service.ingest("t_staff", [put("b.csv", staff([(1, "噪声新"), (3, "噪声三")]))])
    with shards._one_writer("t_staff", wait=True):
        page = read.search(SearchRequest(wanted=wanted("噪声")), ALL, read.pin(), wait=False)
    assert (texts(page), page.total, page.behind) == (["噪声二"], 1, {"t_staff": 2})
    assert sorted(texts(find("噪声"))) == ["噪声三", "噪声二", "噪声新"]


def test_few_shards_stay_few(lake_home: Path, put: Put) -> None:
    for n in range(1, 18):
        service.ingest("t_staff", [put(f"{n}.csv", staff([(n, f"噪声{n}")]))])
        assert find("噪声").total == n
    assert len(list(shards.folder("t_staff").glob("[0-9a-f]*"))) <= 5


TOWNS = ("城关镇", "渌口镇", "示例乡")
RIGHTS = {
    "all": ALL,
    "one town": {"t_staff": SearchRights(frozenset({"remark"}), regions=frozenset({"城关镇"}))},
    "no town": {"t_staff": SearchRights(frozenset({"remark"}), regions=frozenset())},
    "no text": {"t_staff": SearchRights(frozenset())},
    "firms only": {"t_firms": SearchRights(frozenset({"company", "address"}))},
    "firms' addresses": {"t_firms": SearchRights(frozenset({"address"}))},
    "nothing": {},
}


@pytest.fixture
def mixed(lake_home: Path, put: Put) -> None:
    chance = random.Random(7)
    for place, town in enumerate(TOWNS):
        rows = [(100 * place + n, "".join(chance.choices("噪声扰民工地", k=8))) for n in range(1, 40)]
        service.ingest("t_staff", [put(f"{place}.csv", staff(rows, town=town))])
    firms = "文号,企业名称,地址\n" + "".join(
        f"示{n},示例噪声{n % 3}厂,{'工地' if n % 2 else '噪声'}路{n}号\n" for n in range(60)
    )
    service.ingest("t_firms", [put("f.csv", firms)])


def test_counts_are_those_of_the_readers_own_scan(mixed: None) -> None:
    for query in ("噪声", "噪", "扰民工", "噪声 -工地", "工地 扰 OR 路"):
        for rights, scope in RIGHTS.items():
            expected = _scanned(query, scope)
            found = everything(SearchRequest(wanted=wanted(query), limit=50), scope)
            assert sorted(found) == sorted(expected), (query, rights)
            assert find(query, scope).total == len(expected), (query, rights)


def _scanned(query: str, scope: read.SearchScope) -> list[str]:
    """Row ids by a plain scan of what the reader may see, without any index."""
    asked, found = wanted(query), []
    with read.open_session(read.pin()) as session:
        for dataset, allowed in scope.items():
            for row in session.sql(f"select * from {session.attach(dataset)}").to_pylist():
                if allowed.regions is not None and row["town"] not in allowed.regions:
                    continue
                seen = [form(hide(row[field])) for field in allowed.fields if row[field]]
                holds = [any(word in text for text in seen) for word in asked.without]
                clauses = [any(word in text for word in clause for text in seen) for clause in asked.clauses]
                if all(clauses) and not any(holds):
                    found.append(row["_row"])
    return found


def test_numbers_and_names_are_neither_found_nor_stored(lake_home: Path, put: Put) -> None:
    card, phone = number(77), "10000001234"
    text = f"来电人示例甲（{card}）电话{phone}反映噪声，示例乙也知道"
    service.ingest("t_staff", [put("a.csv", staff([(1, text)]))])
    shown = texts(find("噪声"))[0]
    assert card not in shown and phone not in shown and "示某某" in shown and "示例乙" in shown
    for query in (card[6:14], phone[3:9], "示例甲", "(999999199001"):
        assert find(query).total == 0, query
    stored = b"".join(path.read_bytes() for path in shards.folder("t_staff").rglob("*") if path.is_file())
    for secret in (card, phone, number(1), "示例甲"):
        assert secret.encode() not in stored


def test_a_person_is_found_by_number_or_name_within_the_rights(lake_home: Path, put: Put) -> None:
    card = number(77)
    service.ingest(
        "t_staff", [put("a.csv", staff([(1, f"另见{card}，电话１００－0000-1234"), (77, "本人")]))]
    )
    for typed in (card, card.lower(), "100-0000-1234", number(1), "示例甲"):
        key = read.person_key(typed)
        expected = {"id_card": 1, "phone": 0, "name": 2}[key[0]]
        assert find(person=key).total == expected, typed
    whole = {"t_staff": SearchRights(frozenset({"remark"}), frozenset({"name", "id_card", "remark"}))}
    assert find(scope=whole, person=("id_card", card)).total == 2
    assert find(scope=whole, person=("phone", "10000001234")).total == 1
    nobody = {"t_staff": SearchRights(frozenset({"remark"}))}
    assert find(scope=nobody, person=("id_card", card)).total == 0
    for wrong in ("999999199001010015", "张", "9999991990****0014", "x1"):
        with pytest.raises(BadInput):
            read.person_key(wrong)


def test_what_is_swept_leaves_no_byte(lake_home: Path, put: Put) -> None:
    service.ingest("t_staff", [put("a.csv", staff([(n, f"秘密文字{n}") for n in range(1, 40)]))])
    service.ingest("t_staff", [put("b.csv", staff([(n, f"别的文字{n}") for n in range(100, 103)]))])
    assert find("秘密").total == 39
    first, second = (Path(name) for name in read.pin().datasets["t_staff"].files)
    assert _bytes().count("秘密文字".encode()) >= 1
    assert service.sweep_search("t_staff", [second.name]) == 1
    assert "秘密".encode() not in _bytes()
    assert service.sweep_search("t_staff", [first.name, second.name]) == 0
    assert find("秘密").total == 39


def _bytes() -> bytes:
    return b"".join(
        path.read_bytes() for path in sorted(shards.folder("t_staff").rglob("*")) if path.is_file()
    )


def test_torn_and_half_built_indexes_are_made_anew(lake_home: Path, put: Put) -> None:
    service.ingest("t_staff", [put("a.csv", staff([(n, f"噪声{n}") for n in range(1, 40)]))])
    assert find("噪声").total == 39
    (shard,) = shards.folder("t_staff").glob("[0-9a-f]*")
    damages: list[Callable[[], object]] = [
        lambda: next(shard.glob("*.idx")).unlink(),
        lambda: next(shard.glob("*.store")).write_bytes(b"x"),
        lambda: (shard / "shard.json").unlink(),
        lambda: (shard / "shard.json").write_text("{"),
        lambda: (shard / "meta.json").write_text("{"),
        lambda: (shard.parent / "abc-1.part").mkdir(),
    ]
    for damage in damages:
        damage()
        ask._opened.cache_clear()
        assert find("噪声").total == 39
    assert service.sweep_search("t_staff", read.pin().datasets["t_staff"].files) == 1
    assert [path.name for path in shards.folder("t_staff").glob("*.part")] == []


DIE = "from shujian.lake.service import index; index('t_staff')"


@pytest.mark.parametrize("step", ["search.written", "search.kept", "search.struck"])
def test_the_process_dies_and_nothing_is_lost_or_doubled(lake_home: Path, put: Put, step: str) -> None:
    service.ingest("t_staff", [put("a.csv", staff([(n, f"噪声{n}") for n in range(1, 40)]))])
    service.index("t_staff")
    many = [(n, f"噪声新{n}") for n in (range(30, 90) if step != "search.struck" else range(30, 41))]
    service.ingest("t_staff", [put("b.csv", staff(many))])
    done = subprocess.run([sys.executable, "-c", DIE], env={**os.environ, "SHUJIAN_FAILPOINT": step})
    assert done.returncode == 70
    assert find("噪声").total == max(n for n, _ in many)
    assert find("噪声新").total == len(many)


def test_newest_rows_first_where_a_whole_count_is_too_much(
    lake_home: Path, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = "".join(f"示{n},希望有关部门处理{n},2026-01-{n % 28 + 1:02d} 08:00:00\n" for n in range(1, 400))
    folder = lake_home / "catalogue" / "sources"
    text = (
        (folder / "t_firms.yaml").read_text("utf-8").replace("key: [doc_no]", "key: [doc_no]\ndate_field: at")
    )
    (folder / "t_firms.yaml").write_text(text, "utf-8")
    service.ingest("t_firms", [put("f.csv", "文号,地址,时间\n" + lines)])
    scope = {"t_firms": SearchRights(frozenset({"address"}))}
    whole = everything(SearchRequest(wanted=wanted("希望有关部门"), limit=50), scope)
    monkeypatch.setattr(ask, "HEAVY", 20)
    page = find("希望有关部门", scope, limit=10)
    assert page.at_least and 10 < page.total < 399
    assert everything(SearchRequest(wanted=wanted("希望有关部门"), limit=50), scope) == whole
    assert len(whole) == 399


SIGNS = "噪声扰民工地ab1 ，Ａ"


@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_hits_are_those_of_a_plain_scan(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("search")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SHUJIAN_HOME", str(folder))
        (folder / "catalogue" / "sources").mkdir(parents=True)
        (folder / "catalogue" / "sources" / "t_staff.yaml").write_text(STAFF, "utf-8")
        remarks = data.draw(
            st.lists(st.text(alphabet=SIGNS, min_size=1, max_size=12), min_size=1, max_size=30)
        )
        path = folder / "a.csv"
        path.write_text(staff([(n + 1, f'"{text}"') for n, text in enumerate(remarks)]), "utf-8")
        service.ingest("t_staff", [path])
        for query in data.draw(
            st.lists(st.text(alphabet=SIGNS, min_size=1, max_size=5), min_size=1, max_size=8)
        ):
            try:
                wanted(query)
            except BadInput:
                assert not form(query).strip()
                continue
            expected = _scanned(query, ALL)
            assert sorted(everything(SearchRequest(wanted=wanted(query), limit=200))) == sorted(expected), (
                query
            )
            assert find(query).total == len(expected)


def test_a_name_that_cannot_be_typed_is_found_by_its_sound(lake_home: Path, put: Put) -> None:
    head = "姓名,身份证号,入编日期,乡镇,备注\n"
    lines = [f"{name},{number(n)},2020-01-01,城关镇,x\n" for n, name in enumerate(("张㛃", "张杰"), 1)]
    service.ingest("t_staff", [put("a.csv", head + "".join(lines))])
    assert (
        find(person=read.person_key("zhang jie")).total == 1
    )  # 张杰 can be typed: only his own signs find him
    assert find(person=read.person_key("张㛃")).total == find(person=read.person_key("张杰")).total == 1
    assert find(person=read.person_key("zhangjia")).total == 0
    nobody = {"t_staff": SearchRights(frozenset({"remark"}), frozenset())}
    assert find(scope=nobody, person=read.person_key("zhangjie")).total == 0
