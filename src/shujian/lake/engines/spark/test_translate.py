"""What the compiler writes, in Spark's words; what no parity test covers is refused. Needs no Java."""

import pytest

from shujian.kernel.errors import BadInput
from shujian.lake.engines.spark.translate import translate


@pytest.mark.parametrize(
    ("ours", "spark"),
    [
        ('SELECT "罪犯.name" FROM "st_x"', "SELECT `罪犯.name` FROM `st_x`"),
        ("SELECT a - CAST(b AS DATE)", "SELECT DATEDIFF(a, CAST(b AS DATE))"),
        ("SELECT CAST(a AS DATE) - CAST((30) AS INT)", "SELECT CAST(a AS DATE) - CAST((30) AS INT)"),
        ("SELECT r._d - l._d", "SELECT DATEDIFF(r._d, l._d)"),
        (
            "SELECT string_agg(DISTINCT a, '、' ORDER BY a)",
            "SELECT CASE WHEN COUNT(a) > 0 THEN ARRAY_JOIN(ARRAY_SORT(COLLECT_SET(a)), '、') END",
        ),
        ("SELECT a + INTERVAL (6) MONTH", "SELECT ADD_MONTHS(a, CAST((6) AS INT))"),
        ("SELECT a - INTERVAL (6) MONTH", "SELECT ADD_MONTHS(a, -CAST((6) AS INT))"),
        ("SELECT regexp_extract(a, 'x*$')", "SELECT REGEXP_EXTRACT(a, 'x*$', 0)"),
        (
            "WITH p AS MATERIALIZED (SELECT 1 AS n) SELECT n FROM p",
            "WITH p AS (SELECT 1 AS n) SELECT n FROM p",
        ),
    ],
)
def test_words(ours: str, spark: str) -> None:
    assert translate(ours) == spark


@pytest.mark.parametrize(
    "query", ["SELECT levenshtein(a, b)", "SELECT jaro_winkler_similarity(a, b)", "SELECT md5(a)"]
)
def test_what_no_parity_test_covers_is_refused(query: str) -> None:
    with pytest.raises(BadInput) as caught:
        translate(query)
    (fault,) = caught.value.faults
    assert fault.code == "no_parity" and "两个引擎" in fault.message


def test_a_list_in_the_order_of_another_column_is_refused() -> None:
    with pytest.raises(BadInput) as caught:
        translate("SELECT string_agg(DISTINCT a, '、' ORDER BY b)")
    assert caught.value.faults[0].code == "no_parity"


def test_days_by_the_year_are_refused() -> None:
    with pytest.raises(BadInput) as caught:
        translate("SELECT a + INTERVAL (1) HOUR")
    assert caught.value.faults[0].code == "no_parity"
