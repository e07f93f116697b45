import base64
import secrets
from io import BytesIO

import qrcode

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Domain
from odoo.tools.misc import consteq

from ...models.common.ledger_target import Column, LedgerTarget
from ...tools.identity import normalise_name, normalise_phone
from ...tools.ledger.cells import text_of
from ...tools.ledger.heading import normalise
from ...tools.ledger.problems import CellProblem

MODULE = "township_governance"
# The roles accounts can be made for, lowest first, and the group behind each.
ROLE_GROUPS = {
    "reporter": f"{MODULE}.group_reporter",
    "mediator": f"{MODULE}.group_mediator",
    "officer": f"{MODULE}.group_officer",
    "director": f"{MODULE}.group_director",
    "correction": f"{MODULE}.group_correction",
    "correction_minor": f"{MODULE}.group_correction_minor",
    "supervisor": f"{MODULE}.group_supervisor",
    "auditor": f"{MODULE}.group_auditor",
}
# What an ordinary account of this module may hold besides: nobody gets power from these.
HARMLESS_GROUPS = ("base.group_user", "mail.group_mail_notification_type_inbox")
MAX_ACCOUNTS = 500

# Column headings and role words of staff lists, as offices write them.
HEADINGS = {
    "name": "姓名 名字 人员姓名 网格员姓名 调解员姓名 工作人员",
    "phone": "手机号 手机 手机号码 联系电话 电话 电话号码 移动电话 联系方式",
    "role": "角色 岗位 身份 人员类别 系统角色 账号角色",
    "place": "单位/网格 单位、网格 网格/单位 单位或网格 单位 所在单位 所属单位 网格 所属网格 "
    "网格名称 网格编码 村 村(社区) 村/社区 所在村 社区",
    "serial": "序号 编号",
    "ignored": "备注 性别 职务",
}
ROLE_WORDS = {
    "reporter": "网格员 专职网格员 兼职网格员 网格长 微网格员 村社上报 网格员(村社上报) 村干部 "
    "社区干部 村书记 村支书 村党支部书记 村主任 村委会主任 社区书记 社区主任 综治专干 "
    "责任单位负责人 站所负责人",
    "mediator": "调解员 人民调解员 专职调解员 专职人民调解员 兼职调解员 调委会主任",
    "officer": "经办人 司法所经办人 综治中心经办人 司法所、综治中心经办人 司法助理员 "
    "司法所工作人员 综治中心工作人员 受理员",
    "director": "综治中心主任 分管领导 综治中心主任、分管领导 政法委员 党委副书记",
    "correction": "社区矫正工作人员 社区矫正工作者 社区矫正专职",
    "correction_minor": "未成年人社区矫正工作人员",
    "supervisor": "县级监督 县级监督(只读)",
    "auditor": "信息安全审计员 审计员",
}


class AccountLedger(LedgerTarget):
    """A list of staff (人员名单): read like any ledger, turned into lines of the wizard."""

    name = "account"
    columns = {
        key: Column(tuple(words.split()), kind="text", required=key == "phone")
        for key, words in HEADINGS.items()
    }

    def texts(self):
        return super().texts() | {
            "heading_not_found": self.env._(
                "No heading was found in the list. It needs columns named 姓名 and 手机号; "
                "角色 and 单位/网格 may stand beside them."
            )
        }


def _by_word(table):
    return {normalise(word): key for key, words in table.items() for word in words.split()}


class TownshipAccountCreate(models.TransientModel):
    """Make accounts for many people at once and print their first passwords on slips.

    Login = mobile phone. An account is made without a password; a password comes into being
    when the slips are printed, lives in that one request and in the hash, and is good for one
    login, at which the user chooses an own one. Printing again makes new passwords.

    A director may do this without being Odoo's administrator, so everything that is written
    with raised rights is composed here, and only for roles the caller holds.
    """

    _name = "township.account.create"
    _description = "Create accounts"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, default=lambda self: self.env.company
    )
    source = fields.Selection(
        [
            ("grid", "Grids without a grid worker"),
            ("unit", "Units without a person in charge"),
            ("mediator", "Mediators without an account"),
            ("ledger", "A list (.xlsx, .xls, .csv)"),
        ],
        string="For whom",
        required=True,
        default="grid",
    )
    data = fields.Binary(string="List", attachment=False)
    filename = fields.Char()
    role = fields.Selection(
        selection="_selection_role",
        required=True,
        default="reporter",
        help="For rows that name no role.",
    )
    line_ids = fields.One2many("township.account.create.line", "wizard_id", string="Accounts")
    ready_count = fields.Integer(compute="_compute_counts", string="Ready")
    problem_count = fields.Integer(compute="_compute_counts", string="Not possible")
    created_count = fields.Integer(compute="_compute_counts", string="Created")
    slip_token = fields.Char(groups=fields.NO_ACCESS)

    def _selection_role(self):
        """The roles the present user may give."""
        labels = [
            ("reporter", self.env._("Reporter")),
            ("mediator", self.env._("Mediator")),
            ("officer", self.env._("Officer")),
            ("director", self.env._("Director")),
            ("correction", self.env._("Corrections officer")),
            ("correction_minor", self.env._("Minors' corrections officer")),
            ("supervisor", self.env._("Supervisor (county)")),
            ("auditor", self.env._("Auditor")),
        ]
        allowed = self._allowed_roles()
        return [(role, label) for role, label in labels if role in allowed]

    def _compute_display_name(self):
        self.display_name = self.env._("Create accounts")

    @api.depends("line_ids.problem", "line_ids.user_id")
    def _compute_counts(self):
        for wizard in self:
            created = wizard.line_ids.filtered("user_id")
            problems = (wizard.line_ids - created).filtered("problem")
            wizard.created_count = len(created)
            wizard.problem_count = len(problems)
            wizard.ready_count = len(wizard.line_ids) - len(created) - len(problems)

    # ------------------------------------------------------------------
    # Rights
    # ------------------------------------------------------------------

    @api.model
    def _allowed_roles(self):
        """Roles the user may give: those whose group the user holds; an administrator all.

        :rtype: set of str
        """
        user = self.env.user
        if user._is_system():
            return set(ROLE_GROUPS)
        if not user._has_group(ROLE_GROUPS["director"]):
            return set()
        return {role for role, group in ROLE_GROUPS.items() if user._has_group(group)}

    def _check_may_create(self):
        if not self._allowed_roles():
            raise AccessError(
                self.env._(
                    "You may not create accounts. Please ask the director or the administrator."
                )
            )
        self.check_access("write")

    def _manageable_users(self, users):
        """Users whose first password the caller may make: only accounts like those made here.

        The flag says that the account still waits for its first login; the groups must be
        within the caller's township roles. So a forged id of an administrator, of oneself or
        of a colleague at work is never in the result.
        """
        allowed = {ROLE_GROUPS[role] for role in self._allowed_roles()}
        within = self.env["res.groups"].sudo()
        for xmlid in [*allowed, *HARMLESS_GROUPS]:
            within |= self.env.ref(xmlid).sudo()
        forbidden = self.env["res.groups"].sudo()
        for xmlid in ("base.group_system", "base.group_erp_manager"):
            forbidden |= self.env.ref(xmlid).sudo()
        return users.sudo().filtered(
            lambda user: (
                user.township_must_change_password
                and user.active
                and user.company_id in self.env.companies
                and user != self.env.user
                and user.group_ids <= within
                and not user.all_group_ids & forbidden
            )
        )

    # ------------------------------------------------------------------
    # The list
    # ------------------------------------------------------------------

    def action_fill(self):
        """Fill the list from the chosen source; rows already created stay."""
        self.ensure_one()
        self._check_may_create()
        rows = getattr(self, f"_rows_from_{self.source}")()
        if not rows:
            raise UserError(self.env._("There is nobody to make an account for here."))
        if len(rows) > MAX_ACCOUNTS:
            raise UserError(
                self.env._(
                    "The list has %(count)d rows. Please make at most %(limit)d accounts at once.",
                    count=len(rows),
                    limit=MAX_ACCOUNTS,
                )
            )
        self.line_ids.filtered(lambda line: not line.user_id).unlink()
        self.line_ids = [
            Command.create({"sequence": number, "role": self.role, **row})
            for number, row in enumerate(rows, start=1)
        ]
        return True

    def _rows_from_grid(self):
        grids = self.env["township.grid"].search(
            [("worker_ids", "=", False), ("company_id", "=", self.company_id.id)]
        )
        return [{"grid_id": grid.id} for grid in grids]

    def _rows_from_unit(self):
        units = self.env["township.unit"].search(
            [("leader_id", "=", False), ("company_id", "=", self.company_id.id)]
        )
        return [{"unit_id": unit.id} for unit in units]

    def _rows_from_mediator(self):
        mediators = self.env["township.mediator"].search(
            [("user_id", "=", False), ("company_id", "=", self.company_id.id)]
        )
        # The caller sees the phones in full, as they become the logins: that is logged.
        self.env["township.access.log"]._log(
            "view", mediators, reason=self.env._("Create accounts"), fields=["phone"]
        )
        return [
            {
                "name": mediator.name,
                "phone": self._single_phone(mediator.phone_full),
                "role": "mediator",
                "mediator_id": mediator.id,
            }
            for mediator in mediators.sudo()
        ]

    def _rows_from_ledger(self):
        if not self.data:
            raise UserError(self.env._("Please choose the list first."))
        target = AccountLedger(self)
        ledger = target.open(base64.b64decode(self.data), self.filename)
        rows = [self._row_of_entry(entry) for entry in target.rows(ledger)]
        self._find_places(rows)
        return rows

    def _row_of_entry(self, entry):
        cells = {key: self._cell_text(value) for key, value in entry.cells.items()}
        role_word = cells.get("role")
        return {
            "sequence": entry.number,
            "name": normalise_name(cells.get("name")),
            "phone": self._single_phone(cells.get("phone")),
            "role": _by_word(ROLE_WORDS).get(normalise(role_word)) if role_word else self.role,
            "role_text": role_word,
            "place_text": cells.get("place"),
        }

    @api.model
    def _cell_text(self, value):
        try:
            return text_of(value)
        except CellProblem:
            return ""

    @api.model
    def _single_phone(self, text):
        """The phone in its usual form; what is not exactly one number stays as typed."""
        numbers = normalise_phone(text)
        return numbers[0] if len(numbers) == 1 else (text or "")

    def _find_places(self, rows):
        """Find grids and units by the words of the list; two queries for all rows."""
        words = {row["place_text"] for row in rows if row["place_text"]}
        company = Domain("company_id", "=", self.company_id.id)
        grids = self.env["township.grid"].search_fetch(
            company & (Domain("name", "in", list(words)) | Domain("code", "in", list(words))),
            ["name", "code"],
        )
        by_word = {}
        for grid in grids:
            for word in {grid.name, grid.code} & words:
                by_word[word] = by_word.get(word, grid.browse()) | grid
        units = self.env["township.unit"]._match_names(words - by_word.keys(), company)
        for row in rows:
            grid = by_word.get(row["place_text"])
            row["grid_id"] = grid.id if grid and len(grid) == 1 else False
            unit = units.get(row["place_text"])
            row["unit_id"] = unit.id if unit else False

    # ------------------------------------------------------------------
    # Creating
    # ------------------------------------------------------------------

    def action_create(self):
        """Create the accounts of all rows without a problem, in one batch."""
        self.ensure_one()
        self._check_may_create()
        ready = self.line_ids.filtered(lambda line: not line.user_id and not line.problem)
        if not ready:
            raise UserError(
                self.env._("No row is ready. Please complete names and mobile phones first.")
            )
        users = self._accounts_model().create([self._user_vals(line) for line in ready])
        for line, user in zip(ready, users, strict=True):
            line.user_id = user
        ready._link_users()
        return True

    @api.model
    def _accounts_model(self):
        """``res.users`` with raised rights and a context made here.

        The caller's context is dropped: a ``default_…`` in it would be written with raised
        rights. No invitation, tracking or other mail: a township has no mail server.
        """
        context = dict.fromkeys(
            (
                "no_reset_password",
                "tracking_disable",
                "mail_notrack",
                "mail_create_nolog",
                "mail_create_nosubscribe",
            ),
            True,
        )
        return self.env["res.users"].with_env(self.env(su=True, context=context))

    def _user_vals(self, line):
        """Everything a new account gets; nothing comes from outside but name, phone and role."""
        if line.role not in self._allowed_roles():
            raise AccessError(
                self.env._("You may not give the role of the row of “%(name)s”.", name=line.name)
            )
        company = self.company_id
        if company not in self.env.companies:
            raise AccessError(
                self.env._("You do not work for “%(company)s”.", company=company.sudo().name)
            )
        languages = dict(self.env["res.lang"].get_installed())
        home = self.env.ref(f"{MODULE}.action_township_home", raise_if_not_found=False)
        # The bot of mail_bot, where installed, would greet every village worker.
        bot = (
            {"odoobot_state": "disabled"}
            if "odoobot_state" in self.env["res.users"]._fields
            else {}
        )
        return {
            **bot,
            "name": line.name,
            "login": line.phone,
            "group_ids": [Command.set(self.env.ref(ROLE_GROUPS[line.role]).ids)],
            "company_id": company.id,
            "company_ids": [Command.set(company.ids)],
            "lang": "zh_CN" if "zh_CN" in languages else self.env.lang,
            "tz": str(self.env["township.calendar.day"]._timezone()),
            "notification_type": "inbox",
            "action_id": home.id if home else False,
            "township_must_change_password": True,
        }

    # ------------------------------------------------------------------
    # Slips
    # ------------------------------------------------------------------

    def action_print_slips(self):
        """Send the browser to the slips; the address is good for one download."""
        self.ensure_one()
        self._check_may_create()
        if not self._manageable_users(self.line_ids.user_id):
            raise UserError(
                self.env._(
                    "There is no slip to print: no account was created, or all have logged in."
                )
            )
        token = secrets.token_urlsafe(16)
        self.sudo().slip_token = token
        return {
            "type": "ir.actions.act_url",
            "url": f"/township/account/slips/{self.id}/{token}",
            "target": "download",
        }

    def _take_slips(self, token):
        """Make the one-time passwords and render them, once per press of the button.

        :param str token: from the address
        :return: PDF as bytes
        :raises AccessError: not the right address, or not the right person
        """
        self.ensure_one()
        self._check_may_create()
        wizard = self.sudo()
        if not wizard.slip_token or not consteq(wizard.slip_token, token):
            raise AccessError(
                self.env._("These slips have been fetched already. Please print them again.")
            )
        wizard.slip_token = False
        users = self._manageable_users(self.line_ids.user_id)
        passwords = users._township_renew_one_time_passwords()
        lines = self.line_ids.filtered(lambda line: line.user_id.id in passwords)
        self.env["township.access.log"]._log(
            "print", users, reason=self.env._("Account slips"), fields=["login"]
        )
        pdf, _kind = self.env["ir.actions.report"]._render_qweb_pdf(
            f"{MODULE}.report_account_slip",
            self.ids,
            data={
                "slips": [line._slip(passwords[line.user_id.id]) for line in lines],
                **self._login_address(),
            },
        )
        return pdf

    def _login_address(self):
        url = self.get_base_url()
        image = BytesIO()
        qrcode.make(url, border=1, box_size=4).save(image, format="PNG")
        code = base64.b64encode(image.getvalue()).decode()
        return {"login_url": url, "login_qr": f"data:image/png;base64,{code}"}
