from odoo import http

from odoo.addons.web.controllers.report import ReportController


class TownshipReport(ReportController):
    """Prints write the access log: not on a read-only cursor, which would cost a second try."""

    # A callable, as Odoo warns of a plain False: who prints is written down.
    @http.route(readonly=lambda *_args: False)
    def report_routes(self, reportname, docids=None, converter=None, **data):
        """Core's route of all prints; parameters and result are core's."""
        return super().report_routes(reportname, docids=docids, converter=converter, **data)
