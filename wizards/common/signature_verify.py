from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class TownshipSignatureVerifyWizard(models.TransientModel):
    """Shows what Verify recomputed; compares the chain with what somebody wrote down earlier."""

    _name = "township.signature.verify.wizard"
    _description = "Verify signature"

    res_model = fields.Char(readonly=True)
    res_id = fields.Many2oneReference(model_field="res_model", readonly=True)
    company_id = fields.Many2one("res.company", compute="_compute_result")
    result = fields.Html(compute="_compute_result", sanitize=False)
    genuine = fields.Boolean(compute="_compute_result")
    head = fields.Char(
        string="Where the chain stands",
        compute="_compute_head",
        help="Copy this line and keep it outside this system.",
    )
    anchor = fields.Char(string="Line kept earlier")
    chain_result = fields.Char(string="Whole chain", readonly=True)

    @api.depends("res_model", "res_id")
    def _compute_result(self):
        for wizard in self:
            record = wizard._record()
            lines = record._verify_signatures() if record else []
            wizard.company_id = record.sudo().company_id if record else self.env.company
            wizard.genuine = all(holds for _label, holds, _detail in lines)
            wizard.result = wizard._result_html(lines) if lines else False

    @api.depends("company_id")
    def _compute_head(self):
        for wizard in self:
            wizard.head = self.env["township.signature"].sudo()._anchor_line(wizard.company_id)

    def _record(self):
        """:return: what is verified, under the rights of the user; ``None`` for a chain alone"""
        self.ensure_one()
        Signature = self.env["township.signature"]
        if not self.res_model:
            if not Signature._reads_all():
                raise AccessError(self.env._("You may verify what you may see."))
            return None
        if self.res_model not in Signature._signed_models():
            raise UserError(self.env._("There is nothing to verify here."))
        record = self.env[self.res_model].browse(self.res_id)
        record.check_access("read")
        return record

    @api.model
    def _result_html(self, lines):
        rows = Markup("").join(
            Markup('<tr class="%s"><td>%s</td><td>%s</td><td>%s</td></tr>')
            % (
                "text-success" if holds else "text-danger fw-bold",
                "✓" if holds else "✗",
                label,
                Markup("<br/>").join(detail.splitlines()),
            )
            for label, holds, detail in lines
        )
        return Markup('<table class="table">%s</table>') % rows

    def action_check_chain(self):
        """Verify the whole chain, and compare it with the line kept earlier and with those that
        the server keeps; shows the first link that does not hold."""
        self.ensure_one()
        self._record()
        Signature = self.env["township.signature"].sudo()
        anchors = Signature._stored_anchors().get(self.company_id.id, {})
        if self.anchor:
            given = Signature._parse_anchor(self.anchor)
            if not given:
                raise UserError(
                    self.env._("A line to compare with is a number and 64 letters and digits.")
                )
            anchors = anchors | given
        found = Signature._verify_chain(self.company_id, anchors, images=True)
        self.chain_result = self._chain_words(found)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Verify signature"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    def _chain_words(self, found):
        """:param found: ``Break`` or ``None``
        :return: ``str`` for people"""
        if found is None:
            number, _hash = self.env["township.signature"].sudo()._chain_head(self.company_id)
            return self.env._("All %(number)s signatures hold.", number=number)
        words = {
            "missing": self.env._("there is no such signature"),
            "unchained": self.env._("a signature was put in past the chain"),
            "text": self.env._("the text signed was changed"),
            "image": self.env._("the hand-written signature was replaced or lost"),
            "previous": self.env._("it does not follow the one before it"),
            "changed": self.env._("the record of the signature was changed"),
            "cut": self.env._("the end of the chain was taken away"),
            "older": self.env._("the line is later than the chain: an older backup was restored"),
            "rewritten": self.env._("it differs from the line kept: the chain was rewritten"),
        }
        return self.env._(
            "Chain broken at no. %(number)s: %(reason)s",
            number=found.sequence,
            reason=words[found.reason],
        )
