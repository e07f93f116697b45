import csv
import logging
import re
from pathlib import Path

from odoo import api, fields, models
from odoo.tools import SQL, config

_logger = logging.getLogger(__name__)

FOLDER = "township_anchors"
# The number stands right before the hash, in the file, in the log and in what a person pastes.
ANCHOR = re.compile(r"(\d+)[\s,;:：，#]+([0-9a-f]{64})(?![0-9a-f])", re.IGNORECASE)


class TownshipSignature(models.Model):
    """Anchors: where a chain stood on a day, kept outside the database. One that the chain no
    longer has tells of an older backup that was restored, or of a rewritten chain."""

    _inherit = "township.signature"

    @api.model
    def _parse_anchor(self, line):
        """:param str line: as copied from the screen, the file or the log
        :return: ``dict`` number -> hash, empty when the line holds no anchor"""
        found = ANCHOR.search(line or "")
        return {int(found[1]): found[2].lower()} if found else {}

    @api.model
    def _anchor_line(self, company):
        """:return: ``str`` where the chain stands now, to write down; empty without a chain"""
        sequence, chain_hash = self._chain_head(company)
        return f"{sequence} {chain_hash}" if sequence else ""

    @api.model
    def _anchor_path(self):
        return Path(config["data_dir"]) / FOLDER / f"{self.env.cr.dbname}.csv"

    @api.model
    def _stored_anchors(self):
        """:return: ``dict`` company id -> ``dict`` number -> hash, of the file on the server"""
        path, anchors = self._anchor_path(), {}
        if path.exists():
            with path.open(newline="") as stream:
                for row in csv.reader(stream):
                    if len(row) == 4 and row[1].isdigit() and row[2].isdigit():
                        anchors.setdefault(int(row[1]), {})[int(row[2])] = row[3]
        return anchors

    @api.model
    def _cron_anchor(self):
        """Write where the chain of each township stands to the server's log and to a file in the
        data folder, on days with new signatures."""
        known, today = self._stored_anchors(), self.env["township.calendar.day"]._today()
        heads = self.env.execute_query(
            SQL(
                """SELECT DISTINCT ON (company_id) company_id, sequence, chain_hash
                     FROM township_signature WHERE sequence IS NOT NULL
                    ORDER BY company_id, sequence DESC"""
            )
        )
        rows = []
        for company_id, sequence, chain_hash in heads:
            anchors = known.get(company_id, {})
            if anchors.get(sequence) == chain_hash:
                continue
            rows.append((fields.Date.to_string(today), company_id, sequence, chain_hash))
            _logger.info("Signatures of company %s: %s %s", company_id, sequence, chain_hash)
            if anchors and sequence <= max(anchors):
                _logger.warning(
                    "The signatures of company %s once reached %s: this database is an older "
                    "backup, or was rewritten",
                    company_id,
                    max(anchors),
                )
        if rows:
            path = self._anchor_path()
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with path.open("a", newline="") as stream:
                csv.writer(stream, lineterminator="\n").writerows(rows)
