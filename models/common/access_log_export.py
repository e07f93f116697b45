from odoo import models


class Base(models.AbstractModel):
    """Logs exports of personal data, through whatever model the data is reached.

    A model is concerned when its class attribute ``_access_logged`` is ``True`` (all of it:
    every ``township.person.mixin``) or a tuple of field names (those fields only, such as the
    names of the parties stored on a case).
    """

    _inherit = "base"

    def _export_rows(self, fields, *, _is_toplevel_call=True):
        rows = super()._export_rows(fields, _is_toplevel_call=_is_toplevel_call)
        if _is_toplevel_call and self:
            paths = [path for path in fields if self._is_personal_path(path)]
            if paths:
                self.env["township.access.log"]._log("export", self, fields=map("/".join, paths))
        return rows

    def _is_personal_path(self, path):
        """:param path: ``list`` of field names, as ``_export_rows`` gets them
        :return: ``bool``, whether exporting it hands out data of a logged model"""
        model = self
        for name in path:
            logged = getattr(model, "_access_logged", False)
            # Names with a dot are properties, defined by users.
            field = model._fields.get(name.partition(".")[0])
            if logged is True or (logged and name in logged):
                return True
            if field is None or not field.relational:
                return False
            model = self.env[field.comodel_name]
        # A path that ends in a relation exports the display name of what it leads to.
        return getattr(model, "_access_logged", False) is True
