"""Invented people: names drawn from characters by rough frequency, so that same names come by themselves."""

from __future__ import annotations

import random
from collections.abc import Container

import numpy as np

from shujian.demo.draws import Text, joined, pick, weighted

_SURNAMES = (
    "王72 李71 张67 刘54 陈48 杨31 黄23 赵22 吴21 周21 徐16 孙15 马13 朱13 胡13 郭12 何12 林11 高10 罗10 郑9 梁9 谢8 宋8 唐8 "
    "许7 韩7 邓7 冯6 曹6 彭6 曾6 肖6 田5 董5 潘5 袁5 蔡5 蒋5 余5 于4 杜4 叶4 程4 魏4 苏4 吕4 丁4 任4 卢4 姚4 沈3 钟3 姜3 崔3 "
    "谭3 陆3 范3 汪3 廖3 石3 金3 韦3 贾2 夏2 付2 方2 邹2 熊2 白2 孟2 秦2 邱2 侯2 江2 尹2 薛2 闫2 段2 雷2 龙2 黎2 史2 陶2 贺2 "
    "毛2 郝2 顾2 龚2 邵2 万2 覃2 武2 钱2 戴2 严1 莫1 孔1 向1 常1 欧阳1 上官1 司徒1"
)
_SHARED = "文华明国平东林海波云晓春永志宏玉新成金小一子思宇佳俊雨梓家"
_MEN = "伟强军勇杰涛斌刚辉鹏飞超健磊亮建龙浩然峰毅鑫凯旭阳晨博瑞泽轩德福生根贵松柏良才"
_WOMEN = "芳娜敏静丽艳娟霞燕玲婷雪梅红秀英兰萍莉琳琴颖慧倩欣怡悦彤洁璐薇蓉菊香桂珍凤莲"
_RARE = "㛃𬭁䶮喆犇翀昇堃"

SURNAMES = tuple(entry.rstrip("0123456789") for entry in _SURNAMES.split())
SURNAME_WEIGHTS = tuple(float(entry.lstrip("".join(SURNAMES))) for entry in _SURNAMES.split())


def _given_pool(own: str) -> tuple[str, tuple[float, ...]]:
    letters = own + _SHARED
    return letters, tuple(3.0 / (1 + at % 20) ** 0.6 for at in range(len(letters)))


_GIVEN = {"男": _given_pool(_MEN), "女": _given_pool(_WOMEN)}


def bulk_names(rng: np.random.Generator, sexes: Text) -> Text:
    """One name for each entry of ``sexes`` (男/女); same names occur, as they do among people."""
    count = len(sexes)
    men = sexes == "男"
    first, second = np.empty(count, dtype=object), np.empty(count, dtype=object)
    for sex, mask in (("男", men), ("女", ~men)):
        letters, weights = _GIVEN[sex]
        amount = int(mask.sum())
        first[mask] = pick(rng, letters, amount, weights)
        second[mask] = pick(rng, letters, amount, weights)
    second[rng.random(count) < 0.16] = ""
    rare = rng.random(count) < 0.001
    second[rare] = pick(rng, _RARE, int(rare.sum()))
    surnames = np.array(SURNAMES, dtype=object)[weighted(rng, SURNAME_WEIGHTS, count)]
    return joined(surnames, first, second)


class NameWell:
    """Names for planted people: each is given once and belongs to nobody in ``taken``."""

    def __init__(self, rng: random.Random, taken: Container[str] = ()) -> None:
        self._rng = rng
        self._taken = taken
        self._given: set[str] = set()

    def draw(self, sex: str) -> str:
        """A fresh three-character name, at least two characters away from every name drawn before."""
        letters, _ = _GIVEN[sex]
        for _ in range(10_000):
            surname = self._rng.choices(SURNAMES[:90], SURNAME_WEIGHTS[:90])[0]
            name = surname + self._rng.choice(letters) + self._rng.choice(letters)
            if name not in self._taken and not self._near(name):
                self._given.add(name)
                return name
        raise RuntimeError("the well of names ran dry")

    def _near(self, name: str) -> bool:
        return any(
            len(name) == len(other) and sum(a != b for a, b in zip(name, other, strict=True)) < 2
            for other in self._given
        )


def one_off(name: str, rng: random.Random) -> str:
    """The name with its last character misread for another."""
    letters = [letter for letter in _SHARED if letter not in name]
    return name[:-1] + rng.choice(letters)


def renamed(name: str, rng: random.Random) -> str:
    """The same family name with two other characters: a changed name."""
    letters = [letter for letter in _SHARED + _MEN if letter not in name]
    return name[:1] + "".join(rng.sample(letters, 2))
