"""Reads calendars made by `noaber` with independent programs, and compares what they understand with
what `noaber booking list --json` says.

In each zone there are bookings through the hours around a clock change. Every event's start and end
must be the same instants as the booking's, twice: once by the reader's own knowledge of the zone, and
once under a zone name that nobody knows, so that only the VTIMEZONE in the file can tell.

    validate.py NOABER DIRECTORY
"""

import hashlib
import json
import os
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

import icalendar
import recurring_ical_events

UTC = timezone.utc
NOTE = 'Bring it back dry, please;\nsee "shed" \\ left, 🪜 ' + "é" * 80 + "\r\nEND:VEVENT\r\nX-EVIL:1"
TITLE = "Ladder; 4,5 m\\long"

# Zone; when it is; moments around which there are bookings; minutes of each.
CASES = [
    ("Europe/Amsterdam", "2027-03-01T12:00:00Z", ["2027-03-28T01:00:00Z", "2027-10-31T01:00:00Z"], 60),
    ("America/New_York", "2027-03-01T12:00:00Z", ["2027-03-14T07:00:00Z", "2027-11-07T06:00:00Z"], 60),
    ("Australia/Lord_Howe", "2027-03-01T12:00:00Z", ["2027-04-03T15:00:00Z", "2027-10-02T15:30:00Z"], 45),
    ("Pacific/Apia", "2011-12-01T12:00:00Z", ["2011-12-30T10:00:00Z"], 90),
    ("Asia/Kolkata", "2027-03-01T12:00:00Z", ["2027-03-28T01:00:00Z"], 60),
]
AROUND = 5
STATUS = {
    "asked": "TENTATIVE", "confirmed": "CONFIRMED", "out": "CONFIRMED", "returned": "CONFIRMED",
    "declined": "CANCELLED", "cancelled": "CANCELLED", "expired": "CANCELLED",
}


def instant(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(UTC)


class Home:
    """One neighbour's computer."""

    def __init__(self, noaber, path, now):
        self.base = [noaber, "--home", str(path), "--json", "--now", now]
        self.env = {**os.environ, "NOABER_ALLOW_TEST_CLOCK": "1"}
        self.env.pop("NOABER_HOME", None)

    def __call__(self, *args):
        done = subprocess.run([*self.base, *args], env=self.env, capture_output=True, text=True)
        if done.returncode != 0:
            sys.exit(f"noaber {' '.join(args)} failed: {done.stderr}")
        return json.loads(done.stdout)


def furnish(home, zone, moments, minutes):
    """Bookings around each moment, one across all of them, one called off."""
    home("init", "--name", "Anna")
    home("circle", "create", "Lindenstraat", "--timezone", zone)
    home("item", "add", TITLE, "--category", "tools, garden", "--quantity", "3")
    length = timedelta(minutes=minutes)

    def ask(start, end):
        times = [at.strftime("%Y-%m-%dT%H:%M:%SZ") for at in (start, end)]
        return home("ask", TITLE, "--from", times[0], "--to", times[1], "--note", NOTE)["booking"]

    for moment in map(instant, moments):
        for n in range(-AROUND, AROUND):
            ask(moment + n * length, moment + (n + 1) * length)
        ask(moment - timedelta(days=3), moment + timedelta(days=3))
    last = instant(moments[-1]) + timedelta(days=10)
    home("booking", "cancel", ask(last, last + length), "--reason", "rain; hail")


def check_syntax(raw):
    assert raw.endswith(b"END:VCALENDAR\r\n"), "it must end with its end"
    for line in raw.split(b"\r\n"):
        assert len(line) <= 75, f"{len(line)} bytes: {line!r}"
        assert b"\r" not in line and b"\n" not in line, f"a bare line break: {line!r}"
        line.decode("utf-8")  # No character is cut in two.


def check_events(raw, bookings, how):
    calendar = icalendar.Calendar.from_ical(raw)
    assert not calendar.errors, calendar.errors
    events = {str(event["UID"]): event for event in calendar.walk("VEVENT")}
    assert len(events) == len(calendar.walk("VEVENT")), "two events have one UID"
    wanted = {f"{booking['booking']}@noaber": booking for booking in bookings}
    assert events.keys() == wanted.keys(), f"{how}: {events.keys() ^ wanted.keys()}"
    for uid, booking in wanted.items():
        event = events[uid]
        assert not event.errors, event.errors
        for name, field in (("DTSTART", "from"), ("DTEND", "to")):
            seen, meant = event[name].dt.astimezone(UTC), instant(booking[field])
            assert seen == meant, f"{how}: {name} of {booking['from']} is read as {seen}, not {meant}"
        assert str(event["STATUS"]) == STATUS[booking["state"]], booking
        assert str(event["SUMMARY"]) == f"{TITLE}: Anna", event["SUMMARY"]
        assert str(event["DESCRIPTION"]).endswith(NOTE.replace("\r\n", "\n")), event["DESCRIPTION"]
        assert event["CATEGORIES"].cats == ["tools, garden"], event["CATEGORIES"].cats
        changes = [step for step in booking["history"] if step["what"] not in ("asked", "received")]
        assert int(event["SEQUENCE"]) == len(changes), booking
        assert event["DTSTAMP"].dt.tzinfo is not None and event["CREATED"].dt <= event["LAST-MODIFIED"].dt
        assert "X-EVIL" not in event
    return calendar


def check_zone(noaber, work, zone, now, moments, minutes):
    home = Home(noaber, work / zone.replace("/", "-"), now)
    furnish(home, zone, moments, minutes)
    bookings = home("booking", "list")
    file = work / (zone.replace("/", "-") + ".ics")
    told = home("ics", "--out", str(file))
    raw = file.read_bytes()
    assert (told["events"], told["bytes"]) == (len(bookings), len(raw)), told
    check_syntax(raw)
    calendar = check_events(raw, bookings, f"{zone} as the reader knows it")
    assert str(calendar["X-WR-TIMEZONE"]) == zone and str(calendar["METHOD"]) == "PUBLISH"
    zones = calendar.walk("VTIMEZONE")
    assert [str(one["TZID"]) for one in zones] == [zone]
    # Another name for each zone, for readers remember them. No such line is long enough to be folded.
    unknown = "Nowhere-" + hashlib.sha256(zone.encode()).hexdigest()[:8]
    nameless = raw.replace(f"TZID:{zone}\r\n".encode(), f"TZID:{unknown}\r\n".encode())
    nameless = nameless.replace(f";TZID={zone}:".encode(), f";TZID={unknown}:".encode())
    assert nameless.count(unknown.encode()) >= 2 * len(bookings) * 3 // 4
    check_events(nameless, bookings, f"{zone} by its VTIMEZONE")

    stands = [booking for booking in bookings if STATUS[booking["state"]] != "CANCELLED"]
    feed = home("ics", "--feed")["text"].encode()
    check_syntax(feed)
    calendar = check_events(feed, stands, f"feed of {zone}")
    first, last = (instant(moments[0]) - timedelta(days=9), instant(moments[-1]) + timedelta(days=30))
    found = recurring_ical_events.of(calendar).between(first, last)
    assert len(found) == len(stands), f"{len(found)} of {len(stands)} are found in the calendar"
    print(f"{zone}: {len(bookings)} bookings are read as they were meant")


def main():
    noaber, work = sys.argv[1], Path(sys.argv[2])
    for case in CASES:
        check_zone(noaber, work, *case)


if __name__ == "__main__":
    main()
