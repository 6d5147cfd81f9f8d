# 数检的入口。`make help` 列出全部目标。
SHELL := /bin/bash
.DEFAULT_GOAL := help

PORT ?= 8000
ROWS ?=
OPEN ?= 1
LANES ?= all
SOAK ?= soak,properties
NAMES ?=
PY := .venv/bin/python
# 有的镜像设了这一项：不留编译结果，每条命令都要从头编译一遍，慢一倍
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup dev ocr spark run test soak bench shell lock clean

help: ## 列出全部目标
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-7s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## 准备环境 .venv（按摘要锁定的依赖）
	@deploy/setup.sh base

dev: setup
	@deploy/setup.sh dev

ocr: setup ## 另装文字识别组件（扫描件用，可不装）
	@deploy/setup.sh ocr

spark: setup ## 另装 Spark 组件（第二引擎，可不装；要 Java 17）
	@deploy/setup.sh spark

run: ## 示例县、全部模型、网页服务：PORT=8000 ROWS=行数 OPEN=0
	@python3 deploy/port.py $(PORT)
	@deploy/setup.sh base
	@exec $(PY) deploy/run.py --port $(PORT) --rows "$(ROWS)" --open $(OPEN)

test: dev ## 全部检查与测试：LANES=house,unit,…
	@$(PY) -m pytest -n 2 --dist worksteal --lanes $(LANES)

soak: dev ## 耐久测试：随机断电、长性质测试、多个种子的示例县；SOAK=cluster 真实的 Spark 集群
	@HYPOTHESIS_PROFILE=soak $(PY) -m pytest -n 2 --dist worksteal --lanes $(SOAK)

bench: dev ## 测速，每项与同类工具同场比较：NAMES="screening …"
	@.venv/bin/shujian bench $(NAMES)

shell: setup ## 打开一个可以直接输入 shujian 的终端
	@PATH="$(CURDIR)/.venv/bin:$$PATH" exec $${SHELL:-/bin/bash}

lock: ## 改过 requirements/*.in 之后，重新锁定版本与摘要（需要 uv）
	@deploy/lock.sh

clean: ## 删除环境与缓存；var/（数据）不动
	rm -rf .venv dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache test-results
	find . -name __pycache__ -type d -not -path './var/*' -prune -exec rm -rf {} +
