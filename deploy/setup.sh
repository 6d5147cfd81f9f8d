#!/usr/bin/env bash
# Makes .venv from the pinned, hashed requirements. Usage: deploy/setup.sh base|dev|ocr|spark
# A second call with unchanged requirements does nothing. PYTHON=… names another interpreter.
set -euo pipefail
cd "$(dirname "$0")/.."

wanted="${1:-base}"
list="requirements/$wanted.txt"
venv=".venv"
started=$SECONDS

say() { printf '%s\n' "$*" >&2; }
stop() { say "错误：$*"; exit 4; }
digest() { cat "$list" pyproject.toml | cksum | tr ' ' '-'; }

find_python() {
  local candidate
  for candidate in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      printf '%s' "$candidate"
      return 0
    fi
  done
  return 1
}

python=$(find_python) || stop "没有找到 Python 3.11 或更新的版本（现有：$(python3 --version 2>&1 || true)）。" \
  "Debian 12 或更新的系统：apt-get install python3 python3-venv"
"$python" -c 'import ensurepip, venv' 2>/dev/null || stop "$python 缺少 venv。请先运行：apt-get install python3-venv"

# An environment moved with its folder, or left by another Python, is made anew.
if [ -e "$venv" ] && ! "$venv/bin/python" -c 'import pip' 2>/dev/null; then
  say "    .venv 已不可用，重建"
  rm -rf "$venv"
fi

key="$(digest)-$("$python" -c 'import platform; print(platform.python_version())')"
stamp="$venv/.setup-stamp-$wanted"
if [ -x "$venv/bin/shujian" ] && [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$key" ] &&
   [ "$("$venv/bin/python" -c 'import shujian, pathlib; print(pathlib.Path(shujian.__file__).parents[2])')" = "$PWD" ]; then
  exit 0
fi

say "==> 准备环境（$wanted）：$("$python" --version)"
[ -x "$venv/bin/python" ] || "$python" -m venv "$venv"

total=$(grep -c == "$list")
pip=("$venv/bin/python" -m pip --disable-pip-version-check --no-input)
log="$venv/setup.log"
say "    依赖 $total 个，逐个核对摘要（$list）"
# Only pyspark comes as a source package: jars with a thin Python layer, nothing to compile.
if ! PYTHONUNBUFFERED=1 "${pip[@]}" install --require-hashes --only-binary :all: --no-binary pyspark -r "$list" 2>&1 | tee "$log" |
  awk -v total="$total" '
    /^Ignoring / { total-- }
    /^(Collecting|Processing|Requirement already satisfied:)/ { n++; name = $1 == "Requirement" ? $4 : $2
      sub(/.*\//, "", name); sub(/[=<>;].*/, "", name); sub(/-[0-9].*/, "", name)
      if ($1 != "Requirement") { printf "    [%d/%d] %s\n", n, total, name; fflush() } }
    /^Installing collected/ { print "    正在安装 …"; fflush() }' >&2; then
  tail -n 15 "$log" >&2
  stop "依赖没有装全（记录在 $log）。检查网络或本机的软件包源设置后，再运行一次即可接着装。"
fi
"${pip[@]}" install --quiet --no-deps --no-build-isolation --no-index --editable . >>"$log" 2>&1 ||
  { tail -n 15 "$log" >&2; stop "数检本身没有装上（记录在 $log）。"; }

printf '%s' "$key" >"$stamp"
say "    环境就绪，用时 $((SECONDS - started)) 秒"
