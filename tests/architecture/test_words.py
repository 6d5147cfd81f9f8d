"""What may stand in no file: download hosts, places of one machine, numbers that could be a real person's."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROVINCES = "1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12]"
EDGE, END = "(?<![0-9A-Za-z])", "(?![0-9A-Za-z])"
DAY = "(19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])"
PROVINCE_LETTERS = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
# Written with brackets, so that this file does not hold what it looks for.
FORBIDDEN = {
    "下载源的主机名": (
        r"(py[p]i\.org|pythonhosted[.]org|registry\.n[p]mjs|deb\.debia[n]\.org|mirrors?\.[a-z]+[.](com|edu)|/simpl[e]/)"
    ),
    "某一台机器的路径": r"(?<![\w.])/(wor[k]|roo[t]|hom[e]|opt/pyp[i])/",
    "像真的身份证号": rf"{EDGE}({PROVINCES})[0-9]{{4}}{DAY}[0-9]{{3}}[0-9Xx]{END}",
    "像真的手机号": r"(?<![0-9A-Za-z.])1[3-9][0-9]{9}(?![0-9A-Za-z.])",
    "像真的信用代码": rf"{EDGE}[159Y][1-39]({PROVINCES})[0-9]{{4}}[0-9A-HJ-NPQRTUWXY]{{10}}{END}",
    "像真的车牌": rf"[{PROVINCE_LETTERS}][A-Z]·?[A-Z0-9]{{5}}(?![A-Z0-9])",
    "没做完的记号": r"\b(TOD[O]|FIXM[E]|XX[X]|HAC[K])\b",
}
BINARY = {".png", ".ico", ".xlsx", ".xls", ".docx", ".parquet", ".woff2", ".gz"}


def _files() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a git checkout")
    paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    return [path for path in paths if path.is_file() and path.suffix not in BINARY]


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_holds(what: str) -> None:
    pattern = re.compile(FORBIDDEN[what])
    found = []
    for path in _files():
        for number, line in enumerate(path.read_text("utf-8", errors="replace").splitlines(), 1):
            if "--hash=sha256" not in line and pattern.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number} {line.strip()[:80]}")
    assert found == []


def test_the_patterns_find_what_they_are_for() -> None:
    """A pattern that never matches protects nobody; the samples are put together here, not stored."""
    samples = {
        "下载源的主机名": "https://" + "py" + "pi.org/",
        "某一台机器的路径": "cd /wo" + "rk/main",
        "像真的身份证号": "4302" + "81" + "19900101" + "001X",
        "像真的手机号": "1" + "3800138000",
        "像真的信用代码": "91" + "430281" + "MA4L000000",
        "像真的车牌": "湘" + "B·12345",
        "没做完的记号": "# TO" + "DO later",
    }
    found = {what for what, text in samples.items() if re.search(FORBIDDEN[what], text)}
    assert found == set(FORBIDDEN)
