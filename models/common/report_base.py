from odoo import api, models


class TownshipReportBase(models.AbstractModel):
    """What all statutory forms share: a report model ``report.township_governance.<report>``
    inherits it, names its ``_doc_model`` and prepares one ``dict`` per record.

    The dict holds what is printed and nothing else (text, numbers, lists): it is also what
    tells whether a reprint has the same content. Forms are Chinese whatever the language of
    the screen, so their words are written in Chinese.
    """

    _name = "township.report.base"
    _description = "Statutory form"

    _doc_model = None
    _title = ""
    # Prints of the form go into the access log.
    _print_logged = True
    # Fields printed in full although screens mask them; named in the access log.
    _full_fields = ()
    # Handed out with a verification code.
    _issued = False

    @api.model
    def _get_report_values(self, docids, data=None):
        """Called by core with the ids from outside.

        :return: ``dict`` for the template: ``docs``, ``papers`` (in the same order, each with
            ``res_id`` and ``mark``), ``title``, ``doc_model``
        """
        docs = self.env[self._doc_model].browse(docids)
        docs.check_access("read")
        contents = self._papers(docs)
        marks = self._marks(docs, contents)
        return {
            "doc_ids": docs.ids,
            "doc_model": self._doc_model,
            "docs": docs,
            "title": self._title,
            "papers": [
                {**content, "res_id": doc.id, "mark": mark}
                for doc, content, mark in zip(docs, contents, marks, strict=True)
            ],
        }

    @api.model
    def _papers(self, docs):
        """:return: ``list`` of ``dict``, what is printed of each record"""
        return [{} for _doc in docs]

    @api.model
    def _issue_vals(self, doc):
        """:return: ``dict`` of ``number``, ``date``, ``office`` of the issued document, and of
        ``kind`` where that is not the title of the form; ``None`` for drafts and blanks, which
        carry no code"""
        return

    @api.model
    def _stored_pdf(self, doc):
        """Of a frozen record the original is printed again, never a new rendering. Called for
        one record that the user may read.

        :return: ``bytes`` of the original; ``None`` where there is none yet
        """
        return

    @api.model
    def _marks(self, docs, contents):
        """:return: ``list`` of the marks of :meth:`TownshipDocument._mark`, ``None`` where the
        paper carries none"""
        marks = [None] * len(docs)
        if not self._issued:
            return marks
        issued = []
        for position, (doc, content) in enumerate(zip(docs, contents, strict=True)):
            vals = self._issue_vals(doc)
            if vals:
                issued.append((position, (doc, content, {"kind": self._title, **vals})))
        documents = self.env["township.document"]._issue(
            self._name.removeprefix("report."), [paper for _position, paper in issued]
        )
        for (position, _paper), document in zip(issued, documents, strict=True):
            marks[position] = document._mark()
        return marks
