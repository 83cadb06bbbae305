#!/usr/bin/env python3
"""A speaking pillar in the lobby: a complete device that speaks MQTT with the hub, and nothing else.

It can do one thing, `announce`: say something aloud. Everything a hub asks of a device is here, in plain Python
with paho-mqtt (Debian: apt-get install python3-paho-mqtt). See ../speak-mqtt-directly.md.
"""
import json
import os
import queue
import re
import signal
import time
import uuid
from urllib.parse import urlparse

import paho.mqtt.client as mqtt

BROKER = urlparse(os.environ.get("USHER_BROKER", "mqtt://127.0.0.1:1883"))
BRANCH = os.environ.get("USHER_BRANCH", "demo")
DEVICE = os.environ.get("USHER_DEVICE", "pillar-1")
STATE = os.environ.get("USHER_STATE", "./usher-state")
SECONDS_PER_LETTER = float(os.environ.get("SECONDS_PER_LETTER", "0.06"))

KEEP_ALIVE_SECONDS = 30
LARGEST_NUMBER = 2**53 - 1
CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
FINAL = ("done", "failed", "refused", "cancelled", "not-started")

MANIFEST = {
    "kind": "other",
    "vendor": "Usher examples",
    "model": "Speaking pillar",
    "firmware": "1.0",
    "capabilities": {"announce": {"languages": ["zh", "en"]}},
    "languages": ["zh", "en"],
    "guarantees": {"acknowledges": True, "cancels": True, "deduplicates": True, "keepsTime": False},
    "heartbeatMs": 60_000,
}


def topic(rest):
    return f"usher/v1/{BRANCH}/{DEVICE}/{rest}"


class Memory:
    """What was begun must be known after a power cut: a line on disk before the next thing happens."""

    def __init__(self, folder):
        os.makedirs(folder, exist_ok=True)
        self.path = os.path.join(folder, "attempts.jsonl")
        self.attempts = {}
        self.epoch = 0
        if os.path.exists(self.path):
            with open(self.path, encoding="utf-8") as lines:
                for line in lines:
                    # A last line without its end was being written when the power went.
                    if line.endswith("\n"):
                        self._recall(json.loads(line))
        self.file = open(self.path, "a", encoding="utf-8")

    def _recall(self, line):
        if "task" in line:
            self.attempts[key_of(line)] = line
        else:
            self.epoch = line["epoch"]

    def write(self, line):
        self._recall(line)
        self.file.write(json.dumps(line) + "\n")
        self.file.flush()
        os.fsync(self.file.fileno())


def key_of(message):
    return (message["task"], message["attempt"], message["epoch"])


class Pillar:
    def __init__(self):
        self.memory = Memory(STATE)
        self.boot = str(uuid.uuid4())  # random for each start
        self.n = 0  # grows with each message
        self.inbox = queue.Queue()  # everything happens in one thread, one thing after the other
        self.running = None  # the attempt that it accepted or carries out
        self.due = None  # (when, what) for the running attempt
        self.stopping = False
        self.client = make_client(f"{BRANCH}/{DEVICE}")
        self.client.will_set(topic("presence"), json.dumps({"status": "lost", "boot": self.boot}), 1, True)
        self.client.on_connect = self.on_connect
        self.client.on_message = lambda _client, _data, message: self.inbox.put(("message", message))

    # The line

    def on_connect(self, client, _data, _flags, code):
        if code == 0:
            own = [topic(name) for name in ("task", "config", "error", "ack")]
            client.subscribe([(name, 1) for name in [*own, f"usher/v1/{BRANCH}/_hub"]])
            self.inbox.put(("up", None))

    def send(self, name, body, retain=False, qos=1):
        """paho keeps a QoS 1 message until it is acknowledged, and sends it again, unchanged, on the next connection."""
        self.n += 1
        numbered = {**body, "boot": self.boot, "n": self.n}
        return self.client.publish(topic(name), json.dumps(numbered, ensure_ascii=False), qos, retain)

    def birth(self):
        self.send("manifest", MANIFEST, retain=True)
        self.send("presence", {"status": "online"}, retain=True)
        self.send("state", {"health": {"level": "ok"}, "busy": self.running is not None})

    # Reports

    def tell(self, attempt, body, qos=1):
        named = {"attempt": attempt["attempt"], "epoch": attempt["epoch"], **body}
        self.send(f"task/{attempt['task']}/report", named, qos=qos)

    def report(self, attempt, phase, body):
        """First on disk, then on the line."""
        attempt.update(phase=phase, last=body)
        self.memory.write(attempt)
        if body["status"] in FINAL and self.running is attempt:
            self.running = self.due = None
        self.tell(attempt, body)

    # What the hub says

    def hear(self, message):
        body = read(message.payload)
        if body is None:
            return
        if message.topic == topic("task"):
            self.hear_task(body)
        elif message.topic != topic("error") and is_number(body.get("epoch")):
            self.heard_epoch(body["epoch"])

    def heard_epoch(self, epoch):
        if epoch > self.memory.epoch:
            self.memory.write({"epoch": epoch})

    def hear_task(self, message):
        if not fits_task(message):
            return
        if message["epoch"] < self.memory.epoch:  # a hub that was replaced since: not obeyed
            self.tell(message, {"status": "refused", "code": "stale-epoch"})
            return
        self.heard_epoch(message["epoch"])
        known = self.memory.attempts.get(key_of(message))
        if message["kind"] == "offer":
            self.on_offer(message, known)
        elif message["kind"] == "start":
            self.on_start(message, known)
        else:
            self.on_cancel(message, known)

    def on_offer(self, offer, known):
        if known is not None:  # sent again: the same answer, and nothing is done twice
            self.tell(known, known["last"])
            return
        attempt = {name: offer[name] for name in ("task", "attempt", "epoch")}
        code = self.refusal(offer)
        if code is not None:
            self.report(attempt, "ended", {"status": "refused", "code": code})
            return
        attempt["words"] = offer["command"]["words"]
        self.running = attempt
        self.report(attempt, "accepted", {"status": "accepted"})
        if offer.get("start") is True:
            self.begin(attempt)
        else:
            self.wait(offer["startWithinMs"] / 1000, self.lapse)

    def refusal(self, offer):
        if offer["capability"] != "announce":
            return "unsupported"
        if not fits_announce(offer["command"]):
            return "bad-command"
        return None if self.running is None else "busy"

    def on_start(self, start, known):
        if known is None:
            attempt = {name: start[name] for name in ("task", "attempt", "epoch")}
            self.report(attempt, "ended", {"status": "not-started", "code": "unknown-attempt"})
        elif known["phase"] == "accepted":
            self.begin(known)
        else:
            self.tell(known, known["last"])

    def on_cancel(self, cancel, known):
        attempt = known or {name: cancel[name] for name in ("task", "attempt", "epoch")}
        if known is not None and known["phase"] == "ended":
            self.tell(known, known["last"])
        else:
            self.report(attempt, "ended", {"status": "cancelled", "code": "cancelled"})

    # The work

    def wait(self, seconds, then):
        self.due = (time.monotonic() + seconds, then)  # durations, never the hub's clock

    def lapse(self, attempt):
        self.report(attempt, "ended", {"status": "not-started", "code": "no-start"})

    def begin(self, attempt):
        self.report(attempt, "begun", {"status": "started"})
        # Here a real pillar would begin to speak; this one takes as long as that would.
        letters = sum(len(words["text"]) for words in attempt["words"])
        self.wait(letters * SECONDS_PER_LETTER, self.finish)

    def finish(self, attempt):
        self.report(attempt, "ended", {"status": "done", "result": {"said": attempt["words"]}})

    def settle_earlier_life(self):
        """After a restart it says truly how everything ended that was open, before anybody asks."""
        for attempt in list(self.memory.attempts.values()):
            if attempt["phase"] == "begun":
                self.report(attempt, "ended", {"status": "failed", "code": "interrupted"})
            elif attempt["phase"] == "accepted":
                self.report(attempt, "ended", {"status": "not-started", "code": "restarted"})

    # Its life

    def run(self):
        self.settle_earlier_life()
        self.client.connect_async(BROKER.hostname, BROKER.port or 1883, KEEP_ALIVE_SECONDS)
        self.client.loop_start()
        heartbeat = time.monotonic()
        while not self.stopping:
            try:
                what, message = self.inbox.get(timeout=self.patience())
                if what == "up":
                    self.birth()
                elif what == "message":
                    self.hear(message)
            except queue.Empty:
                pass
            if self.due is not None and time.monotonic() >= self.due[0]:
                self.due[1](self.running)
            if time.monotonic() - heartbeat > MANIFEST["heartbeatMs"] / 2000:
                heartbeat = time.monotonic()
                self.send("state", {"health": {"level": "ok"}, "busy": self.running is not None}, qos=0)
        self.goodbye()

    def patience(self):
        return 1 if self.due is None else max(0, min(1, self.due[0] - time.monotonic()))

    def goodbye(self):
        offline = self.send("presence", {"status": "offline"}, retain=True)
        if self.client.is_connected():
            offline.wait_for_publish(1)
        self.client.disconnect()
        self.client.loop_stop()

    def stop(self, *_):
        self.stopping = True
        self.inbox.put(("stop", None))


def make_client(client_id):
    options = {"client_id": client_id, "clean_session": True, "protocol": mqtt.MQTTv311}
    if hasattr(mqtt, "CallbackAPIVersion"):  # paho-mqtt 2
        client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION1, **options)
    else:  # paho-mqtt 1.6, as in Debian 12
        client = mqtt.Client(**options)
    client.reconnect_delay_set(min_delay=1, max_delay=30)
    return client


# What comes over the line may be anything: a device looks at it before it believes it.


def read(payload):
    try:
        body = json.loads(payload.decode("utf-8"))
    except (ValueError, RecursionError):  # not UTF-8, not JSON, or nested without end
        return None
    return body if isinstance(body, dict) else None


def is_number(value, least=1):
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= LARGEST_NUMBER


def fits_task(message):
    if message.get("kind") not in ("offer", "start", "cancel"):
        return False
    task = message.get("task")
    if not isinstance(task, str) or CODE.fullmatch(task) is None:
        return False
    if not is_number(message.get("attempt")) or not is_number(message.get("epoch")):
        return False
    if message["kind"] != "offer":
        return True
    return (
        isinstance(message.get("capability"), str)
        and isinstance(message.get("command"), dict)
        and is_number(message.get("startWithinMs"), least=0)
    )


def fits_announce(command):
    words = command.get("words")
    if not isinstance(command.get("at"), dict) or not isinstance(words, list) or not 1 <= len(words) <= 4:
        return False
    return all(
        isinstance(one, dict)
        and isinstance(one.get("language"), str)
        and isinstance(one.get("text"), str)
        and len(one["text"]) <= 500
        for one in words
    )


if __name__ == "__main__":
    pillar = Pillar()
    signal.signal(signal.SIGTERM, pillar.stop)
    signal.signal(signal.SIGINT, pillar.stop)
    pillar.run()
