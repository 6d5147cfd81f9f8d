"""Accounts by two persons: who may do what, what waits for whom, what ends at once, what can never be done."""

from __future__ import annotations

from typing import Any

import pytest

from shujian.accounts import read, service
from shujian.accounts.errors import AccountRefused, AccountUnknown, SignInRefused
from shujian.accounts.models import RoleRequest, SecondFactor, User
from shujian.accounts.read import SYSTEM, Actor, Role
from shujian.audit import read as audit
from shujian.kernel.clock import now

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cheap")]
HOUSE = "示例县人民检察院"


@pytest.fixture
def cheap(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def holder(username: str, role: Role) -> Actor:
    service.create_user(by=SYSTEM, username=username, display=username, agency=HOUSE, roles=[role])
    found = read.actor(User.objects.get(username=username).pk)
    assert found
    return found


@pytest.fixture
def system() -> Actor:
    return holder("xitong", Role.XTGL)


@pytest.fixture
def security() -> Actor:
    return holder("anquan", Role.AQGL)


def create(by: Actor, **changes: Any) -> int:
    told = {
        "username": "zhang",
        "display": "示例张",
        "agency": HOUSE,
        "kind": "procuratorate",
        "roles": ["CBR"],
        "units": ["行政检察部门"],
    }
    return service.create_account(by=by, **{**told, **changes})


def test_one_makes_another_confirms_and_only_then_somebody_enters(system: Actor, security: Actor) -> None:
    number = create(system)
    fresh = User.objects.get(username="zhang")
    assert (fresh.has_usable_password(), fresh.grants.count(), fresh.units.count()) == (False, 0, 0)
    with pytest.raises(AccountRefused, match="由安全管理员确认"):
        service.decide_roles(by=system, number=number, confirm=True)
    password = service.decide_roles(by=security, number=number, confirm=True)
    assert password and service.sign_in("zhang", password, None)
    entered = read.actor(fresh.pk)
    assert (
        entered and entered.roles == {Role.CBR} and entered.units == {"行政检察部门"} and entered.must_change
    )
    with pytest.raises(AccountRefused, match="没有这项"):
        service.decide_roles(by=security, number=number, confirm=True)
    done = [entry.action for entry in audit.entries() if entry.object == "account:zhang"]
    assert done == [
        "account.signed_in",
        "account.roles_confirmed",
        "account.roles_proposed",
        "account.created",
    ]
    assert password not in repr(audit.entries())


def test_what_was_refused_changes_nothing(system: Actor, security: Actor) -> None:
    assert service.decide_roles(by=security, number=create(system), confirm=False) is None
    assert not User.objects.get(username="zhang").grants.exists()
    assert read.requests() == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"username": "Zhang San"}, "账号名用小写字母开头"),
        ({"username": "xitong"}, "账号名已经有了"),
        ({"display": "张"}, "姓名 2 至 60 个字"),
        ({"roles": []}, "至少要有一个角色"),
        ({"roles": ["XTGL", "AQGL"]}, "三员互不兼任"),
        ({"roles": ["SJGL", "CBR"]}, "三员互不兼任"),
        ({"roles": ["GA"]}, "公安联络员只给公安机关的人员"),
        ({"agency": "示例县公安局", "kind": "police", "roles": ["CBR"]}, "检察机关的角色只给本院人员"),
        ({"kind": "police", "roles": ["GA"]}, "已登记为检察院"),
        ({"roles": ["QQ"]}, "没有这个角色"),
    ],
)
def test_faults_of_a_new_account_are_told_and_nothing_is_made(
    system: Actor, changes: dict[str, Any], said: str
) -> None:
    with pytest.raises(AccountRefused) as raised:
        create(system, **changes)
    assert any(said in fault.message for fault in raised.value.faults)
    assert User.objects.count() == 1


def test_an_officer_of_the_police_belongs_to_the_police(system: Actor, security: Actor) -> None:
    number = create(system, agency="示例县公安局", kind="police", roles=["GA"], units=[])
    service.decide_roles(by=security, number=number, confirm=True)
    found = read.account("zhang")
    assert found and (found.agency, found.kind, found.roles) == ("示例县公安局", "公安机关", ("公安联络员",))


def test_a_change_ends_the_sessions_and_replaces_what_was_held(system: Actor, security: Actor) -> None:
    service.decide_roles(by=security, number=create(system), confirm=True)
    User.objects.filter(username="zhang").update(sessions=[["x", "2026-06-30T00:00:00+00:00"]])
    grants = [{"role": "FGLD", "reach": "region:示例镇", "level": 1}]
    number = service.propose_roles(by=system, username="zhang", grants=grants, units=["行政检察部门"])
    before = read.actor(User.objects.get(username="zhang").pk)
    assert before and before.roles == {Role.CBR}
    assert service.decide_roles(by=security, number=number, confirm=True) is None
    after = read.actor(User.objects.get(username="zhang").pk)
    assert after and after.roles == {Role.FGLD} and after.clearance == 1
    assert dict(after.narrowed) == {Role.FGLD: "region:示例镇"}
    assert User.objects.get(username="zhang").sessions == []
    with pytest.raises(AccountRefused, match="范围写"):
        service.propose_roles(
            by=system, username="zhang", grants=[{"role": "CBR", "reach": "全国"}], units=[]
        )
    with pytest.raises(AccountRefused, match="没有这个部门"):
        service.propose_roles(by=system, username="zhang", grants=[{"role": "CBR"}], units=["不存在的部门"])


def test_a_newer_proposal_takes_the_place_of_the_older(system: Actor, security: Actor) -> None:
    first = create(system)
    second = service.propose_roles(by=system, username="zhang", grants=[{"role": "ZL"}], units=[])
    with pytest.raises(AccountRefused, match="没有这项"):
        service.decide_roles(by=security, number=first, confirm=True)
    assert [row.number for row in read.requests()] == [second]


def test_nobody_confirms_what_was_proposed_by_oneself(security: Actor) -> None:
    service.create_user(by=SYSTEM, username="zhang", display="示例张", agency=HOUSE, roles=[Role.CBR])
    row = RoleRequest.objects.create(
        user=User.objects.get(username="zhang"), grants=[{"role": "JCZ", "reach": "", "level": 2}], asked_by="anquan",
        asked_at=now(),
    )  # fmt: skip
    with pytest.raises(AccountRefused, match="必须是两个人"):
        service.decide_roles(by=security, number=row.pk, confirm=True)
    RoleRequest.objects.update(asked_by="xitong", user=User.objects.get(username="anquan"))
    with pytest.raises(AccountRefused, match="不能管理自己的账号"):
        service.decide_roles(by=security, number=row.pk, confirm=True)


def test_switched_off_means_out_at_once(system: Actor) -> None:
    service.create_user(by=SYSTEM, username="zhang", display="示例张", agency=HOUSE, roles=[Role.CBR])
    user = User.objects.get(username="zhang")
    User.objects.filter(pk=user.pk).update(sessions=[["x", "2026-06-30T00:00:00+00:00"]])
    with pytest.raises(AccountRefused, match="请写明"):
        service.switch_account(by=system, username="zhang", on=False, why="走")
    service.switch_account(by=system, username="zhang", on=False, why="调离本院")
    assert read.actor(user.pk) is None and User.objects.get(pk=user.pk).sessions == []
    service.switch_account(by=system, username="zhang", on=True, why="调回本院")
    assert read.actor(user.pk)
    with pytest.raises(AccountUnknown):
        service.switch_account(by=system, username="nobody", on=False, why="没有这个人")
    with pytest.raises(AccountRefused, match="不能管理自己的账号"):
        service.switch_account(by=system, username="xitong", on=False, why="不想干了")


def test_the_last_of_each_administrator_stays(system: Actor, security: Actor) -> None:
    with pytest.raises(AccountRefused, match="唯一的安全管理员"):
        service.switch_account(by=system, username="anquan", on=False, why="调离本院")
    other = holder("anquan2", Role.AQGL)
    service.switch_account(by=system, username="anquan", on=False, why="调离本院")
    assert other.name == "anquan2" and not User.objects.get(username="anquan").is_active


def test_a_reset_drops_the_factor_and_the_old_password(system: Actor, security: Actor) -> None:
    service.create_user(
        by=SYSTEM,
        username="zhang",
        display="示例张",
        agency=HOUSE,
        roles=[Role.CBR],
        password="Korrekt-Pferd7",
    )
    user = User.objects.get(username="zhang")
    service.enrol(user.pk)
    with pytest.raises(AccountRefused, match="安全管理员重置"):
        service.reset_account(by=system, username="zhang")
    password = service.reset_account(by=security, username="zhang")
    assert not SecondFactor.objects.exists()
    with pytest.raises(SignInRefused):
        service.sign_in("zhang", "Korrekt-Pferd7", None)
    assert service.sign_in("zhang", password, None)
    with pytest.raises(AccountRefused, match="不能管理自己的账号"):
        service.reset_account(by=security, username="anquan")


def test_of_a_colleague_only_a_keyed_handle_is_kept(system: Actor) -> None:
    service.create_user(by=SYSTEM, username="zhang", display="示例张", agency=HOUSE, roles=[Role.CBR])
    number = "999999" + "19900307" + "4" * 4
    service.note_person(by=system, username="zhang", id_number=number)
    (handle,) = read.person_handles()
    assert (len(handle), number in handle, read.person_handles()[handle]) == (24, False, "zhang")
    assert number not in repr(audit.entries())
    service.note_person(by=system, username="zhang", id_number="")
    assert read.person_handles() == {}
