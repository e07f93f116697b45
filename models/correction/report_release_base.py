from odoo import api, models


class TownshipReportRelease(models.AbstractModel):
    """Papers of the release in running text, most of them the county body's."""

    _name = "township.report.release.base"
    _inherit = ["township.report.correction.letter"]
    _description = "Paper of the release"

    _doc_model = "township.correction.release"

    @api.model
    def _office(self, doc):
        return self._county(doc)

    @api.model
    def _cause(self, release):
        """:return: ``str``: why correction ends"""
        return "被赦免" if release.ground == "amnesty" else "社区矫正期满"
