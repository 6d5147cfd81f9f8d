#!/usr/bin/env bash
# Pins what requirements/*.in ask for, with digests and without naming where they come from.
set -euo pipefail
cd "$(dirname "$0")/../requirements"
uv=(uv)
command -v uv >/dev/null || uv=(python3 -m uv)
options=(--universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet)
"${uv[@]}" pip compile "${options[@]}" base.in -o base.txt
"${uv[@]}" pip compile "${options[@]}" -c base.txt dev.in -o dev.txt
"${uv[@]}" pip compile "${options[@]}" -c base.txt ocr.in -o ocr.txt
"${uv[@]}" pip compile "${options[@]}" -c base.txt spark.in -o spark.txt
grep -c == base.txt dev.txt ocr.txt spark.txt
