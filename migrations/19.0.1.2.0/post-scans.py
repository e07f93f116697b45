"""Scans that were chosen in the form of a delivery belong to it, so that whoever reads the delivery
reads them and they are frozen with it."""


def migrate(cr, version):
    cr.execute(
        """UPDATE ir_attachment scan
              SET res_model = 'township.delivery', res_id = chosen.township_delivery_id
             FROM ir_attachment_township_delivery_rel chosen
            WHERE chosen.ir_attachment_id = scan.id AND coalesce(scan.res_id, 0) = 0"""
    )
