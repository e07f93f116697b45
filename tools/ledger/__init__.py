"""Reading a township's ledger (台账): workbooks, headings and cells, without Odoo.

``workbook`` opens .xls, .xlsx and .csv and gives rows of plain Python values; ``heading`` finds the
heading among them; ``cells`` and ``names`` turn what people type into dates, amounts, phones and
names; ``digest`` knows a row again; ``returned`` writes the workbook of rejected rows; ``run`` and
``stored`` carry an import over its batches. Problems are raised as codes with values
(``problems``); the ``LedgerTarget`` words them in the user's language.
"""
