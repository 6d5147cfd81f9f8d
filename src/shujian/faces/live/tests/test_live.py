"""The stream behind a real server: resumed after a real disconnect, ended with the session, honest about wrong numbers."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import urllib.parse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import resolve

from shujian.accounts.read import Role
from shujian.clues.tests.people import PASSWORD, account
from shujian.faces.addresses import address_of

SERVER = """
import asyncio, os, socket, sys, threading
from django.conf import settings
from shujian.server.start import open_rooms
open_rooms()
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
settings.SECOND_FACTOR = False
from shujian.accounts.events import DeputyNamed
from shujian.accounts.models import User
from shujian.accounts.read import Role
from shujian.clues.tests.people import account
from shujian.faces.live import hub, streams
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from shujian.kernel.events import publish
from shujian.notify.models import Head, Item
hub.EVERY, streams.LIFE = 0.05, 0.3
one = account("one", Role.CBR)

def tell(*numbers):
    for n in map(int, numbers):
        with transaction.atomic():
            publish(DeputyNamed(n, one.id, f"第{n}件", "2026-06-30"))
def end():
    Session.objects.all().delete()
def prune():
    Item.objects.filter(seq__lte=2).delete(); Head.objects.update(floor=2)
def files():
    place = os.path.realpath(settings.DATABASES["default"]["NAME"])
    here = f"/proc/{os.getpid()}/fd"
    return sum(os.path.realpath(f"{here}/{fd}").startswith(place) for fd in os.listdir(here))

import uvicorn
listening = socket.socket(); listening.bind(("127.0.0.1", 0)); listening.listen(64)
config = uvicorn.Config("shujian.server.asgi:application", log_level="warning", lifespan="off", access_log=False)
server = uvicorn.Server(config)
thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
thread.start()
print(listening.getsockname()[1], flush=True)
for line in sys.stdin:
    name, *words = line.split()
    answer = globals()[name](*words)
    connection.close()
    print(answer, flush=True)
"""


class Running:
    """The server in its own process; ``do`` makes something happen in it."""

    def __init__(self, home: Path) -> None:
        environment = {**os.environ, "SHUJIAN_HOME": str(home)}
        self.process = subprocess.Popen(
            [sys.executable, "-c", SERVER], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )  # fmt: skip
        assert self.process.stdout
        self.port = int(self.process.stdout.readline())
        self.cookie = ""

    def do(self, *words: str) -> str:
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(" ".join(words) + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()

    def ask(self, way: str, path: str, body: str = "", **headers: str) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        told = {"Cookie": self.cookie, **{name.replace("_", "-"): value for name, value in headers.items()}}
        if body:
            told["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(way, path, body=body or None, headers=told)
        return connection.getresponse()

    def enter(self) -> None:
        page = self.ask("GET", "/login/")
        token = str(page.headers["Set-Cookie"]).split("csrftoken=")[1].split(";")[0]
        self.cookie = f"csrftoken={token}"
        form = {"username": "one", "password": PASSWORD, "csrfmiddlewaretoken": token}
        answer = self.ask("POST", "/login/", urllib.parse.urlencode(form))
        assert answer.status == 302
        cookies = [line.split(";")[0] for line in answer.headers.get_all("Set-Cookie") or []]
        self.cookie = "; ".join(cookies)

    def stream(self, **headers: str) -> Stream:
        return Stream(self.ask("GET", "/live/", **headers))


class Stream:
    """What an EventSource would hear."""

    def __init__(self, answer: http.client.HTTPResponse) -> None:
        self.answer = answer
        assert (answer.status, answer.headers["Content-Type"]) == (200, "text/event-stream")
        self.last = ""

    def next(self) -> tuple[str, Any]:
        """The next event that is no sign of life."""
        name, data = "", ""
        while True:
            line = self.answer.readline().decode().rstrip("\n")
            if line.startswith("id: "):
                self.last = line[4:]
            elif line.startswith("event: "):
                name = line[7:]
            elif line.startswith("data: "):
                data = line[6:]
            elif not line and name:
                return name, json.loads(data)

    def says(self) -> list[str]:
        """Lines of news up to the next count of the unread."""
        found = []
        while (event := self.next())[0] != "unread":
            found.append(event[1]["says"][5:8])
        return found

    def alive(self) -> None:
        """Wait for two signs of life."""
        seen = 0
        while seen < 2:
            seen += self.answer.readline().startswith(b": ")


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    server = Running(tmp_path_factory.mktemp("live"))
    try:
        yield server
    finally:
        server.process.kill()
        server.process.communicate()


def test_a_stream_is_resumed_and_ends_with_its_session(running: Running) -> None:
    running.enter()
    first = running.stream()
    assert first.next() == ("unread", {"unread": 0}) and first.last == "0"
    running.do("tell", "1")
    assert first.next()[1]["address"] == "/duty/" and first.last == "1"
    assert first.next() == ("unread", {"unread": 1})
    first.alive()
    seen = (running.do("files") for _ in range(300))
    assert "0" in seen, "an idle stream holds no connection; the one look of all streams comes and goes"
    first.answer.close()
    running.do("tell", "2", "3", "4")
    again = running.stream(Last_Event_ID=first.last)
    assert again.says() == ["第2件", "第3件", "第4件"] and again.last == "4"
    by_address = Stream(running.ask("GET", "/live/?last=3"))
    assert by_address.says() == ["第4件"]
    running.do("prune")
    for told, because in (("1", "已按期限清除"), ("999999999999", "比现有的还新")):
        behind = running.stream(Last_Event_ID=told)
        name, data = behind.next()
        assert name == "reset" and because in data["because"] and behind.last == "4"
        behind.answer.close()
    by_address.answer.close()
    running.do("end")
    while (event := again.next())[0] == "unread":
        pass
    assert event == ("end", {"because": "登录已经结束，请重新登录"})
    assert again.answer.read() == b""
    assert running.ask("GET", "/live/").status == 302


@pytest.mark.django_db
@pytest.mark.parametrize("told", ["abc", "-1", "1.5", "9" * 19, "１２", "1;2"])
def test_a_wrong_number_gets_a_clear_answer(told: str) -> None:
    account("one", Role.CBR)
    client = Client()
    client.post("/login/", {"username": "one", "password": PASSWORD})
    answer = client.get("/live/", headers={"Last-Event-ID": told})
    assert answer.status_code == 400
    assert json.loads(answer.content) == {
        "message": "Last-Event-ID 须是本系统给出的编号（18 位以内的数字）",
        "found": told,
    }


@pytest.mark.django_db
def test_an_account_has_so_many_streams_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    account("one", Role.CBR)
    client = Client()
    client.post("/login/", {"username": "one", "password": PASSWORD})
    monkeypatch.setattr("shujian.faces.live.views.open_streams", lambda user: 4)
    answer = client.get("/live/")
    assert answer.status_code == 429 and "最多同时 4 个" in answer.content.decode()
    assert client.head("/").status_code == 200
    assert Client().get("/live/").status_code == 302


@pytest.mark.parametrize(
    ("thing", "name"),
    [
        ("clue:XS000001", "clue"), ("unit:民事检察部门", "clues"), ("model:m", "runs"), ("job:7", "job"), ("job:", "jobs"),
        ("duty", "duty"), ("?", "home"),
    ],
)  # fmt: skip
def test_every_thing_has_a_page(thing: str, name: str) -> None:
    assert resolve(address_of(thing).split("?")[0]).url_name == name
