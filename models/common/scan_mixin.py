from odoo import api, models


class TownshipScanMixin(models.AbstractModel):
    """Record with scans of papers: what somebody chose in a form or a dialogue becomes the
    record's own, so that it is read by whoever reads the record and frozen with it::

        _inherit = ["township.scan.mixin"]
        _scan_fields = ("scan_ids",)
        scan_ids = fields.Many2many("ir.attachment", string="Scan")

    A scan that belongs to another record already is copied.
    """

    _name = "township.scan.mixin"
    _description = "Record with scans"
    _inherit = ["township.mechanism.mixin"]

    _scan_fields = ()

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        if any(name in vals for vals in vals_list for name in self._scan_fields):
            records._adopt_scans()
        return records

    def write(self, vals):
        result = super().write(vals)
        if any(name in vals for name in self._scan_fields):
            self._adopt_scans()
        return result

    def _adopt_scans(self):
        """Make the scans of these records their own.

        :raise AccessError: the user may not read one of them
        """
        for name in self._scan_fields:
            self[name].check_access("read")
        for record in self.sudo():
            for name in self._scan_fields:
                for scan in record[name]:
                    if (scan.res_model, scan.res_id) != (self._name, record.id):
                        record._adopt_scan(name, scan)

    def _adopt_scan(self, name, scan):
        place = {"res_model": self._name, "res_id": self.id}
        if scan.res_id:
            copy = scan.copy(place)
            self[name] = self[name] - scan + copy
        else:
            scan.write(place)

    @api.model
    def _lacking_parts(self):
        lacking = super()._lacking_parts()
        return lacking + [
            f"a field {name} of scans" for name in self._scan_fields if name not in self._fields
        ]
