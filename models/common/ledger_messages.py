class LedgerMessages:
    """What people are told about a ledger: every code of ``tools.ledger.problems`` in words."""

    def message(self, problem):
        """:param problem: ``tools.ledger.problems.Problem``
        :return: ``str``: what is wrong, where, and what to do"""
        text = self.texts()[problem.code]
        values = {**problem.values}
        if "rows" in values:
            values["rows"] = "\n".join(f"- {row}" for row in values["rows"]) or "-"
            words = self.vocabulary().headings
            values["words"] = "、".join(list(words)[:30])
        if "identity" in values:
            person = self.env["township.person.mixin"]
            values["identity"] = person._identity_message(values["identity"])
        if "kind" in values:
            values["kind"] = self.file_kinds()[values["kind"]]
        return text % values

    def file_kinds(self):
        return {
            "picture": self.env._("It is a picture."),
            "pdf": self.env._("It is a PDF."),
            "archive": self.env._("It is an archive: unpack it first."),
            "document": self.env._("It is another kind of document."),
            "web_page": self.env._(
                "It is a web page that was given the name of a workbook: open it with Excel or "
                "WPS and save it as .xlsx."
            ),
            "spreadsheet": self.env._(
                "It is another kind of spreadsheet: open it and save it as .xlsx."
            ),
            "unknown": self.env._("Its content is not text either."),
        }

    def texts(self):
        """:return: ``dict`` code of a problem -> text with named places for its values"""
        return {
            # the file
            "file_empty": self.env._("The file is empty. Please choose the ledger again."),
            "file_too_big": self.env._(
                "The file is too big (%(size)s MB; at most %(limit)s MB). Please split it, or "
                "remove pictures from it."
            ),
            "unpacks_too_big": self.env._(
                "Unpacked, the workbook would take more than %(limit)s MB, which no ledger does. "
                "It was not opened. Please copy the ledger into a new workbook."
            ),
            "too_many_rows": self.env._(
                "The ledger has more than %(limit)s rows. Please split it, for example by year."
            ),
            "damaged": self.env._(
                "The file is damaged or incomplete and cannot be read. Please open it with Excel "
                "or WPS, save it again as .xlsx and import that file."
            ),
            "password": self.env._(
                "The workbook is protected by a password. Please open it, remove the password, "
                "save it and import it again."
            ),
            "not_a_ledger": self.env._(
                "This file is not a workbook (.xls, .xlsx) or text table (.csv). %(kind)s"
            ),
            "heading_not_found": self.env._(
                "No heading was found in the first rows. Looked for column names such as: "
                "%(words)s.\nRows read:\n%(rows)s\nPlease correct the names of the columns, or "
                "add them under Words of imported ledgers."
            ),
            # a cell
            "cell_error": self.env._("%(column)s: the cell shows the error %(text)s."),
            "formula_without_value": self.env._(
                "%(column)s: the cell holds a formula whose value was not saved. Please open the "
                "file with Excel or WPS and save it."
            ),
            "text_too_long": self.env._("%(column)s: the text has more than %(limit)s characters."),
            "date_impossible": self.env._("%(column)s: “%(text)s” is not a possible date."),
            "date_undetermined": self.env._(
                "%(column)s: no day can be told from “%(text)s”. Please write year, month and day, "
                "e.g. 2026-01-06."
            ),
            "date_future": self.env._("%(column)s: “%(text)s” is in the future."),
            "amount_unclear": self.env._("%(column)s: no amount can be told from “%(text)s”."),
            "amount_negative": self.env._("%(column)s: “%(text)s” is negative."),
            "number_unclear": self.env._("%(column)s: “%(text)s” is not a whole number."),
            "number_damaged": self.env._(
                "%(column)s: Excel has cut the last digits of “%(text)s”. Please format the column "
                "as text and type the number again."
            ),
            "phone_unclear": self.env._("%(column)s: “%(text)s” is not a phone number."),
            "id_wrong": self.env._("%(column)s “%(text)s”: %(identity)s"),
            "names_unclear": self.env._(
                "%(column)s: is “%(text)s” one name or several? Please separate names by 、"
            ),
            "yes_unclear": self.env._("%(column)s: “%(text)s” is neither 是 nor 否."),
            "choice_unknown": self.env._(
                "%(column)s: “%(text)s” is not known. Known words: %(known)s."
            ),
            "record_unknown": self.env._(
                "%(column)s: “%(text)s” does not exist. Please correct it, create it first, or add "
                "it under Words of imported ledgers."
            ),
            "record_unknown_creatable": self.env._(
                "%(column)s: “%(text)s” does not exist. Please correct it, or import with Create "
                "missing records."
            ),
            "record_ambiguous": self.env._(
                "%(column)s: there are several “%(text)s”; which one is meant cannot be told."
            ),
            "required": self.env._("%(column)s is empty."),
            "number_taken": self.env._("%(column)s: the number %(text)s exists already."),
            "date_order": self.env._("%(second)s is before %(first)s."),
            "message": "%(text)s",
            # the row
            "repeated": self.env._("The same row stands in the file twice; it is imported once."),
            "alike": self.env._(
                "A row with the same date and persons but other content was imported before. "
                "Please check whether it is the same matter."
            ),
            "after_filled_on": self.env._(
                "%(column)s is later than the date of the ledger itself (%(filled_on)s)."
            ),
        }
