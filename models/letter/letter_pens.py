from datetime import timezone

from odoo import models

from ...tools.chinese_forms import date_words
from .letter_sign import DRAWN


class TownshipLetter(models.Model):
    """What the paper shows of each pen drawn in the app."""

    _inherit = "township.letter"

    def _printed_pens(self):
        """:return: ``dict`` party -> ``dict`` of ``image`` (data URI), ``name``, ``capacity``,
        ``behalf`` (who is represented, or empty), ``time``, ``digest``, ``way``, ``basis`` (what
            signing in the app stands on)"""
        self.ensure_one()
        pens = self.sudo().signature_ids.filtered(lambda pen: pen.way in DRAWN).sorted("id")
        return {pen.party: self._printed_pen(pen) for pen in pens}

    def _printed_pen(self, pen):
        zone = self.env["township.calendar.day"]._timezone()
        moment = pen.signed_on.replace(tzinfo=timezone.utc).astimezone(zone)
        image = pen.with_context(bin_size=False).image
        return {
            "image": f"data:image/png;base64,{image.decode()}" if image else "",
            "name": pen.signer_name,
            "capacity": pen.capacity or "",
            "behalf": self._behalf_words(pen),
            "time": f"{date_words(moment.date())} {moment:%H:%M}",
            "digest": pen.text_digest,
            "way": pen.way,
            "basis": self.company_id.sudo().township_sign_basis or "",
        }

    def _behalf_words(self, pen):
        """:return: ``str`` who is represented, with the number of the paper; or empty"""
        name, paper = pen.behalf_id.name, pen.delegation_id.paper
        return f"{name}（授权委托书{paper}）" if name and paper else name or ""
