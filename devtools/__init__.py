"""The parts of ``./dev``. Python standard library only; Odoo never imports this."""
