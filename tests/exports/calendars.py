"""Calendars, read by the Python package icalendar."""

from __future__ import annotations

from datetime import date, timedelta

import icalendar

from program import DAY, run


def read(text: bytes) -> list:
    """The events of a calendar; whatever the reader finds wrong in it is an error."""
    calendar = icalendar.Calendar.from_ical(text)
    assert not calendar.errors, calendar.errors
    assert str(calendar["VERSION"]) == "2.0" and calendar["PRODID"], calendar
    events = list(calendar.walk("VEVENT"))
    for event in events:
        assert not event.errors, (event, event.errors)
        start, end = event.decoded("DTSTART"), event.decoded("DTEND")
        assert type(start) is date and end - start == timedelta(days=1), event
        assert event.decoded("DTSTAMP").date() == DAY and str(event["SUMMARY"]), event
    names = [str(event["UID"]) for event in events]
    assert len(set(names)) == len(names), names
    return events


def check() -> None:
    for language, words in [("en", "Due: "), ("pl", "Termin: ")]:
        events = read(run("export", "calendar", "--lang", language))
        due = [event for event in events if str(event["SUMMARY"]).startswith(words)]
        reviews = [event for event in events if str(event["UID"]).startswith("review-")]
        assert due and reviews, events
        # Commas, semicolons and lines come back as they were.
        assert any("\n" in str(event["DESCRIPTION"]) for event in due), due
    visits = read(run("audit", "plan", "--format", "ics", "--shift", "early,late"))
    assert len(visits) > 10, visits
    print(f"calendars: {len(events)} events of the book, {len(visits)} of a plan")

