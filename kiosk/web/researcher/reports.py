"""Which groups can be read about, and the report on one of them: six people or more (P15)."""

from __future__ import annotations

import re
from dataclasses import fields

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from kiosk.report.among import Among
from kiosk.report.page import make_report
from kiosk.report.thresholds import PUBLISHED_FROM, SHOWN_FROM
from kiosk.web import assets
from kiosk.web.catalogue import current_language
from kiosk.web.doors import door
from kiosk.web.messages import Stop
from kiosk.web.researcher.access import desk
from kiosk.web.researcher.messages import NO_GROUP
from kiosk.web.researcher.opened import Group

pages = Blueprint("researcher_reports", __name__, url_prefix="/researcher/reports")
POLICY = (
    "default-src 'none'; style-src {styles}; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
LIMITS = {"least": SHOWN_FROM, "public": PUBLISHED_FROM}


@pages.get("/")
@door("researcher")
def show() -> AnyResponse | str:
    """Show all groups; those that are too small cannot be chosen."""
    opened = desk().opened
    if opened is None:
        return redirect(url_for("researcher_home.show"), 303)
    everything = Group("", "", opened.size(Among()))
    return render_template(
        "researcher/reports.html", everything=everything, groups=opened.groups, **LIMITS
    )


@pages.get("/group")
@door("researcher")
def group() -> AnyResponse | tuple[str, int]:
    """Return the report on the workshops of a place, a month, a tool, on one of them, or on all.

    With several of these, on those workshops that are all of it.
    """
    opened = desk().opened
    if opened is None:
        return redirect(url_for("researcher_home.show"), 303)
    among = Among(**{field.name: request.args.get(field.name, "") for field in fields(Among)})
    if not any(among.admits(meeting) for meeting in opened.dataset.meetings):
        raise Stop(NO_GROUP)
    if opened.size(among) < SHOWN_FROM:
        return render_template("researcher/too_few.html", **LIMITS), 403
    made = make_report(opened.dataset.folder, current_language().tag, among=among)
    answer = Response(made.html)
    answer.headers["Content-Security-Policy"] = policy_of(made.html)
    return answer


def policy_of(html: str) -> str:
    """Return the policy for a page that needs nothing but its own styles."""
    styles = " ".join(assets.source_of(text) for text in STYLE.findall(html))
    return POLICY.format(styles=styles or "'none'")
