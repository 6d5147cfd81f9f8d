"""The roles of domain.md §2 and the three separated administrators (等保 三员分立)."""

from __future__ import annotations

from django.db.models import TextChoices


class Role(TextChoices):
    """What a person does in the house. Codes are the pinyin initials that the procuratorate uses."""

    JCZ = "JCZ", "检察长"
    FGLD = "FGLD", "分管副检察长"
    BMFZR = "BMFZR", "部门负责人"
    CBR = "CBR", "承办检察官"
    ZL = "ZL", "检察官助理／书记员"
    AG = "AG", "案件管理"
    YJS = "YJS", "法律政策研究"
    SJZT = "SJZT", "数字检察专班"
    XZ = "XZ", "行政机关联络员"
    GA = "GA", "公安联络员"
    DW = "DW", "强制报告单位"
    ZYZ = "ZYZ", "志愿者"
    XTGL = "XTGL", "系统管理员"
    AQGL = "AQGL", "安全管理员"
    SJGL = "SJGL", "审计管理员"


ADMINISTRATORS = frozenset({Role.XTGL, Role.AQGL, Role.SJGL})
"""None of these reads a case, a clue or a person's row."""

PROCURATORATE = frozenset({Role.JCZ, Role.FGLD, Role.BMFZR, Role.CBR, Role.ZL, Role.AG, Role.YJS, Role.SJZT})
"""Roles held inside the procuratorate."""

WHOLE_PROCURATORATE = frozenset({Role.JCZ, Role.FGLD, Role.AG, Role.SJZT})
"""Roles that see clues of every unit (domain.md §8.6); what they see of a person differs."""


def role_title(code: str) -> str:
    """The Chinese name of a role."""
    return str(Role(code).label)
