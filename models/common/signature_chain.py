from typing import NamedTuple

from odoo import api, models
from odoo.tools import SQL

from .signature import LINKED, canonical, digest

# Links read at once: memory stays flat however long a chain is.
STEP = 250
BEFORE_ALL = -(2**31)


class Break(NamedTuple):
    """The first link of a chain that does not hold.

    ``reason``: ``missing`` (no link of that number), ``unchained`` (a signature outside the
    chain), ``text``, ``image``, ``previous``, ``changed``, ``cut`` (the end is gone),
    ``older`` (the chain ends before an anchor), ``rewritten`` (it differs from an anchor).
    """

    sequence: int
    reason: str


class TownshipSignature(models.Model):
    """The chain of a township's signatures: made at the end of a transaction, verified link by
    link."""

    _inherit = "township.signature"

    # ------------------------------------------------------------------
    # Making it
    # ------------------------------------------------------------------

    def _chain(self, file_digests=None):
        """Put these new signatures at the end of the chains of their townships. The last step of
        a transaction: the end stays locked until it is over, and whoever loses the race is
        replayed by Odoo.

        :param dict file_digests: signature id -> SHA-256 of the file made for it
        """
        self.flush_recordset()
        by_company = self.sudo().grouped("company_id")
        # always in the same order: two who sign for several townships never wait for each other
        for company in self.sudo().company_id.sorted("id"):
            signatures = by_company[company]
            numbers = self._draw_places(company, len(signatures))
            previous = self._chain_hash_at(company, numbers[0] - 1)
            links = []
            for number, row in zip(numbers, signatures._linked_rows(), strict=True):
                row |= {
                    "sequence": number,
                    "previous_hash": previous,
                    "file_digest": (file_digests or {}).get(row["id"]),
                }
                previous = self._link_hash(row)
                links.append(
                    (row["id"], number, row["previous_hash"], row["file_digest"], previous)
                )
            self._store_links(links)
        self.invalidate_recordset()

    @api.model
    def _chain_key(self, company):
        """:return: ``tuple`` (series, year) of the counter that keeps a chain's length"""
        return f"signature/{company.id}", 0

    @api.model
    def _draw_places(self, company, count):
        return self.env["township.number.counter"].sudo()._next(*self._chain_key(company), count)

    @api.model
    def _chain_length(self, company):
        """:return: ``int``: how many signatures the chain ever had"""
        key = self._chain_key(company)
        return self.env["township.number.counter"].sudo()._values([key]).get(key, 0)

    @api.model
    def _chain_hash_at(self, company, sequence):
        """:return: ``str``, empty before the first and where somebody took a link away: signing
        goes on, and verifying shows the gap for ever"""
        rows = self.env.execute_query(
            SQL(
                "SELECT chain_hash FROM township_signature WHERE company_id = %s AND sequence = %s",
                company.id,
                sequence,
            )
        )
        return (rows and rows[0][0]) or ""

    def _linked_rows(self):
        """:return: ``list`` of ``dict``: what a link covers, as the database has it"""
        return self.env.execute_query_dict(
            SQL(
                "SELECT %s FROM township_signature WHERE id IN %s ORDER BY id",
                self._linked_columns(),
                tuple(self.ids),
            )
        )

    @api.model
    def _linked_columns(self):
        return SQL(", ").join(map(SQL.identifier, LINKED))

    @api.model
    def _link_hash(self, row):
        """:param dict row: columns of one signature
        :return: ``str``"""
        return digest(canonical({name: row[name] for name in LINKED}))

    @api.model
    def _store_links(self, links):
        """:param links: ``list`` of id, number, previous hash, digest of the file, hash"""
        self.env.cr.execute(
            SQL(
                """UPDATE township_signature AS signature
                      SET sequence = link.sequence,
                          previous_hash = link.previous_hash,
                          file_digest = link.file_digest,
                          chain_hash = link.chain_hash
                     FROM unnest(%s::int[], %s::int[], %s::text[], %s::text[], %s::text[])
                       AS link (id, sequence, previous_hash, file_digest, chain_hash)
                    WHERE signature.id = link.id""",
                *map(list, zip(*links, strict=True)),
            )
        )

    # ------------------------------------------------------------------
    # Verifying it
    # ------------------------------------------------------------------

    @api.model
    def _chain_head(self, company):
        """:return: ``tuple`` (number, hash) of the last link, ``(0, "")`` when there is none"""
        rows = self.env.execute_query(
            SQL(
                """SELECT sequence, chain_hash FROM township_signature
                    WHERE company_id = %s AND sequence IS NOT NULL
                    ORDER BY sequence DESC LIMIT 1""",
                company.id,
            )
        )
        return rows[0] if rows else (0, "")

    @api.model
    def _verify_chain(self, company, anchors=None, images=False):
        """Verify every link of a township's chain, in one pass and flat memory.

        :param dict anchors: number -> hash that the chain had there, from outside the database
        :param bool images: also read every hand-written signature from the file store
        :return: ``Break``, the first one found, or ``None``
        """
        anchors = dict(anchors or {})
        found = self._loose_signature(company)
        last, previous = 0, ""
        for rows in [] if found else self._chain_parts(company):
            pictures = self._picture_digests(rows) if images else {}
            for row in rows:
                reason = self._link_fault(row, last + 1, previous, anchors)
                if not reason and pictures.get(row["id"]) != row["image_digest"] and images:
                    reason = "image"
                if reason:
                    missing = reason == "missing"
                    return Break(last + 1 if missing else row["sequence"], reason)
                last, previous = row["sequence"], row["chain_hash"]
        return found or self._end_fault(company, last, anchors)

    @api.model
    def _loose_signature(self, company):
        rows = self.env.execute_query(
            SQL(
                """SELECT id FROM township_signature
                    WHERE company_id = %s AND sequence IS NULL LIMIT 1""",
                company.id,
            )
        )
        return Break(0, "unchained") if rows else None

    @api.model
    def _chain_parts(self, company):
        """:return: iterator of ``list`` of ``dict``, in the order of the chain; the text comes
        as the digest that the database makes of it"""
        last = BEFORE_ALL
        while rows := self.env.execute_query_dict(
            SQL(
                """SELECT %s, chain_hash,
                          encode(sha256(convert_to(text, 'UTF8')), 'hex') AS text_now
                     FROM township_signature
                    WHERE company_id = %s AND sequence > %s
                    ORDER BY sequence LIMIT %s""",
                self._linked_columns(),
                company.id,
                last,
                STEP,
            )
        ):
            yield rows
            last = rows[-1]["sequence"]

    @api.model
    def _link_fault(self, row, expected, previous, anchors):
        """:return: ``str`` reason of a ``Break``, or ``None``"""
        if row["sequence"] != expected:
            return "missing"
        if row["text_now"] != row["text_digest"]:
            return "text"
        if row["previous_hash"] != previous:
            return "previous"
        if self._link_hash(row) != row["chain_hash"]:
            return "changed"
        if anchors.get(expected, row["chain_hash"]) != row["chain_hash"]:
            return "rewritten"
        return None

    @api.model
    def _end_fault(self, company, last, anchors):
        if last < self._chain_length(company):
            return Break(last + 1, "cut")
        if anchors and last < max(anchors):
            return Break(last + 1, "older")
        return None

    @api.model
    def _picture_digests(self, rows):
        """:return: ``dict`` signature id -> SHA-256 of the picture in the file store"""
        pictures = (
            self.env["ir.attachment"]
            .sudo()
            .with_context(bin_size=False)
            .search_fetch(
                [
                    ("res_model", "=", self._name),
                    ("res_field", "=", "image"),
                    ("res_id", "in", [row["id"] for row in rows]),
                ],
                ["res_id", "store_fname"],
            )
        )
        found = {picture.res_id: digest(picture.raw or b"") for picture in pictures}
        pictures.invalidate_recordset()
        return found

    # ------------------------------------------------------------------
    # Verifying one signature
    # ------------------------------------------------------------------

    def _faults(self, record):
        """:param record: what was signed
        :return: ``list`` of keys of :meth:`_fault_words`, empty when all holds"""
        self.ensure_one()
        checks = {
            "text": digest(self.text or "") == self.text_digest,
            "content": canonical(record._signature_content(self.party)) == self.text,
            "image": self._picture_digests([{"id": self.id}]).get(self.id)
            == (self.image_digest or None),
            "file": self._file_holds(record),
            "changed": self._link_hash(self._linked_rows()[0]) == self.chain_hash,
            "chain": self._neighbours_hold(),
        }
        return [key for key, holds in checks.items() if not holds]

    def _file_holds(self, record):
        content = record._signature_file(self) if self.file_digest else None
        return content is None or digest(content) == self.file_digest

    def _neighbours_hold(self):
        """:return: ``bool``: whether the links before and after know this one"""
        rows = dict(
            self.env.execute_query(
                SQL(
                    """SELECT sequence, ARRAY[previous_hash, chain_hash] FROM township_signature
                        WHERE company_id = %s AND sequence IN %s""",
                    self.company_id.id,
                    (self.sequence - 1, self.sequence + 1),
                )
            )
        )
        before = rows.get(self.sequence - 1)
        after = rows.get(self.sequence + 1)
        is_first, is_last = self.sequence == 1, self.sequence == self._chain_length(self.company_id)
        return (
            (self.previous_hash or "") == (before[1] if before else "")
            and (before or is_first)
            and (after[0] == self.chain_hash if after else is_last)
        )

    def _fault_words(self):
        """:return: ``dict`` key -> ``str`` for people"""
        return {
            "text": self.env._("The text signed was changed in the database"),
            "content": self.env._("Content changed after signing"),
            "image": self.env._("The hand-written signature was replaced or lost"),
            "file": self.env._("The file is not the one that was signed"),
            "changed": self.env._("The record of the signature was changed"),
            "chain": self.env._("Chain broken: a signature before or after this one is missing"),
        }
