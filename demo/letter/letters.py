"""Responsibility letters of the made-up township, in every state: made after the shipped
templates and walked through the real steps.

``letters.csv`` gives days before the day of installation, and for ``sign_by`` days after it, so
that one letter is always late and one nearly. Nothing of this is in the registry of a township.
"""

import base64
import csv
import io
from datetime import timedelta

from PIL import Image, ImageDraw

from odoo.fields import Command
from odoo.tools import file_open

from ...tools import pades, printing
from . import assessments

LETTERS_FILE = "township_governance/demo/letter/letters.csv"
XMLID = "township_governance.{}"
BASIS = "township.letter.basis"
LEADERS = {"demo_unit_pingan": "demo_user_dept_head", "demo_unit_ziran": "demo_user_dept_head2"}
CORRECTION = "考核责任单位名称有误，予以更正。"
APPROVAL = "槐荫镇党委会议纪要〔{year}〕{number}号"
# What the county asks of the township, with the item of a department that serves it.
COUNTY_ITEMS = (
    ("组织领导和责任落实", 30, "leadership"),
    ("矛盾纠纷排查化解", 40, "on_time"),
    ("法治乡镇建设", 30, "lawful"),
)


def load(env):
    """Create the demo letters; called once, when all of the addon is installed."""
    if "zh_CN" in dict(env["res.lang"].get_installed()):
        # What the steps log stays for good.
        env = env(context={**env.context, "lang": "zh_CN"})
    for unit, user in LEADERS.items():
        _ref(env, unit).write(
            {"leader_id": _ref(env, user).id, "user_ids": [Command.link(_ref(env, user).id)]}
        )
    year = env["township.calendar.day"]._today().year
    bases = {"county": _basis(env, year), "past": _basis(env, year - 1), "": env[BASIS]}
    parent = _received(env, bases["county"], year)
    with file_open(LETTERS_FILE, "r") as stream:
        rows = list(csv.DictReader(stream))
    Letter = env["township.letter"]
    letters = Letter.create([_vals(env, row, year, bases, parent) for row in rows])
    for letter, row in zip(letters, rows, strict=True):
        _serve(letter, parent)
        _walk(letter, row)
    if _can_render():
        assessments.load(env, _scan)


def _ref(env, name):
    return env.ref(XMLID.format(name))


def _day(env, days_ago):
    return env["township.calendar.day"]._today() - timedelta(days=int(days_ago))


def _scan(name, sealed=False):
    """:return: commands of a small made-up scan: a blank page, with a red ring where a seal is"""
    page = Image.new("RGB", (210, 297), "white")
    draw = ImageDraw.Draw(page)
    for line in range(40, 240, 14):
        draw.line((30, line, 180, line), fill="#bbbbbb")
    if sealed:
        draw.ellipse((110, 200, 170, 260), outline="#cc0000", width=3)
    output = io.BytesIO()
    page.save(output, "PNG")
    return [Command.create({"name": f"{name}.png", "raw": output.getvalue()})]


def _basis(env, year):
    return env[BASIS].create(
        {
            "name": "关于签订平安建设目标管理责任书的通知",
            "number": f"县平安办〔{year}〕3号",
            "level": "county",
            "entry": "乡镇基本履职事项清单：平安法治类第12项",
            "scan_ids": _scan("签订依据", sealed=True),
        }
    )


def _received(env, basis, year):
    """The letter the county gave the township."""
    letter = env["township.letter"].create(
        {
            "kind": "received",
            "title": "乡镇平安建设目标管理责任书",
            "year": year,
            "party_a": "县平安建设领导小组",
            "basis_id": basis.id,
            "goals": "辖区社会安定有序，矛盾纠纷依法及时化解。",
            "line_ids": [
                Command.create({"name": name, "weight": weight, "sequence": place * 10})
                for place, (name, weight, _served) in enumerate(COUNTY_ITEMS)
            ],
        }
    )
    letter.action_record()
    return letter


def _vals(env, row, year, bases, parent):
    template = _ref(env, f"letter_template_{row['template']}")
    letter_year = year + int(row["year"])
    this_year = letter_year == year
    return {
        **template._letter_vals(),
        **env["township.letter"]._term_of(letter_year),
        "year": letter_year,
        "unit_id": _ref(env, f"demo_unit_{row['unit']}").id,
        "basis_id": bases[row["basis"]].id,
        "parent_letter_id": parent.id if this_year and row["basis"] else False,
        "direct_person": row["direct"],
        "sign_by": _day(env, -20),
    }


def _serve(letter, parent):
    """Each item of the unit names the item of the county's letter that it serves."""
    if letter.parent_letter_id != parent:
        return
    named = parent.line_ids.grouped("name")
    for name, _weight, served in COUNTY_ITEMS:
        indicator = _ref(letter.env, f"indicator_{served}")
        letter.line_ids.grouped("name")[indicator.name].parent_line_id = named[name]


def _walk(letter, row):
    """Through the steps up to the state of the file; the steps stamp today, so their days are put
    back afterwards."""
    if row["state"] == "draft":
        return
    letter.action_issue()
    _put_back_issue(letter, row)
    if row["way"] == "app" and _can_render():
        letter.with_user(letter.signer_id)._sign("party_b", _drawn())
    elif row["signed"]:
        _sign(letter, row["signed"])
    if row["sealed"] and _can_render():
        _seal(letter, row["sealed"])
    if row["state"] == "replaced":
        new = letter.browse(letter.action_new_version(CORRECTION)["res_id"])
        new.sign_by = _day(letter.env, -20)
        _walk(new, {**row, "issued": 50, "sign_by": -35, "signed": 45, "sealed": 40, "state": ""})
    elif row["state"] == "closed" and letter.state == "in_force":
        letter.action_close()


def _put_back_issue(letter, row):
    issued, sign_by = _day(letter.env, row["issued"]), _day(letter.env, -int(row["sign_by"]))
    letter._entering().write({"date_issued": issued, "sign_by": sign_by})
    letter.clock_ids.unlink()
    letter._start_given_clock(sign_by, letter._fields["sign_by"]._description_string(letter.env))


def _can_render():
    """Whether this machine can make the file of a signed letter; without it letters wait."""
    return printing.is_ready() and printing.has_chinese_font() and pades.is_ready()


def _drawn():
    """:return: base64 of a made-up signature"""
    page = Image.new("RGBA", (800, 336), (0, 0, 0, 0))
    draw = ImageDraw.Draw(page)
    draw.line([(60, 90), (300, 70), (180, 60), (150, 280)], fill="#111111", width=8)
    draw.line([(340, 230), (420, 60), (500, 250), (560, 120), (720, 240)], fill="#111111", width=8)
    output = io.BytesIO()
    page.save(output, "PNG")
    return base64.b64encode(output.getvalue())


def _sign(letter, days_ago):
    letter.write(
        {
            "paper_date": _day(letter.env, days_ago),
            "witness": "司法所 林知行",
            "paper_scan_ids": _scan("签字页"),
        }
    )
    letter.action_sign_on_paper()


def _seal(letter, days_ago):
    day = _day(letter.env, days_ago)
    seal = letter.env["township.letter.seal"].create(
        {
            "approval": APPROVAL.format(year=day.year, number=day.month),
            "date": day,
            "sealed_by": "党政办公室 江一舟",
            "scan_ids": _scan("用印页", sealed=True),
            "company_id": letter.company_id.id,
        }
    )
    letter.action_seal(seal)
    letter._entering().date_in_force = day
