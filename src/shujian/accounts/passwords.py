"""Password rules of 等保 2.0 level three (domain.md §8.2): length, classes, not the name, not a recent one."""

from __future__ import annotations

import secrets
import string

from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError

from shujian.accounts.models import PastPassword, User
from shujian.kernel.clock import now

LENGTH, CLASSES, HISTORY, DAYS = 10, 3, 5, 90
_SIGNS = "!@#%+=_-"


class LevelThree:
    """A Django password validator."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError with every rule that is broken."""
        broken = [sentence for wrong, sentence in self._rules(password, user) if wrong]
        if broken:
            raise ValidationError(broken)

    def get_help_text(self) -> str:
        """The rules in one sentence."""
        return f"不少于 {LENGTH} 个字符，大写、小写、数字、符号四类中至少三类；不得含账号名；不得与最近 {HISTORY} 次相同。"

    def _rules(self, password: str, user: User | None) -> list[tuple[bool, str]]:
        name = user.username.lower() if user else ""
        return [
            (len(password) < LENGTH, f"口令不足 {LENGTH} 个字符"),
            (_classes(password) < CLASSES, f"大写、小写、数字、符号四类中至少要有 {CLASSES} 类"),
            (bool(name) and name in password.lower(), "口令里不得含有账号名"),
            (user is not None and _used(user, password), f"不得与最近 {HISTORY} 次用过的口令相同"),
        ]


def _classes(password: str) -> int:
    kinds = (str.isupper, str.islower, str.isdigit, lambda c: not c.isalnum())
    return sum(any(kind(c) for c in password) for kind in kinds)


def _used(user: User, password: str) -> bool:
    if user._state.adding:
        return False
    past = user.past_passwords.order_by("-at").values_list("hash", flat=True)[:HISTORY]
    return any(check_password(password, hashed) for hashed in past)


def one_time_password() -> str:
    """A random password that satisfies the rules: 16 characters without look-alikes."""
    letters = [c for c in string.ascii_letters + string.digits if c not in "0O1lI"]
    made = [secrets.choice("ABCDEFGHJKLMNPQRSTUVWXYZ"), secrets.choice("abcdefghijkmnpqrstuvwxyz")]
    made += [secrets.choice("23456789"), secrets.choice(_SIGNS)]
    made += [secrets.choice(letters) for _ in range(12)]
    secrets.SystemRandom().shuffle(made)
    return "".join(made)


def set_password(user: User, password: str) -> None:
    """Store the password's hash, remember it among the last five, and save the account."""
    user.set_password(password)
    user.password_changed_at = now()
    user.save()
    PastPassword.objects.create(user=user, hash=user.password, at=now())
