"""Report becomes intake (上报登记), ledger export becomes case export."""

from odoo.tools import sql

MODULE = "township_governance"
XML_IDS = {
    "action_township_report": "action_township_intake",
    "menu_township_report": "menu_township_intake",
    "field_township_case__report_token": "field_township_case__intake_token",
    "constraint_township_case_report_token_unique": "constraint_township_case_intake_token_unique",
    "ledger_export_rule_own": "case_export_rule_own",
}


def migrate(cr, version):
    rename_intake(cr)
    rename_export(cr)
    for old, new in XML_IDS.items():
        cr.execute(
            "UPDATE ir_model_data SET name = %s WHERE module = %s AND name = %s",
            (new, MODULE, old),
        )


def rename_intake(cr):
    """The token of a phone's form is kept: a form sent again still finds its case."""
    if sql.column_exists(cr, "township_case", "report_token"):
        sql.rename_column(cr, "township_case", "report_token", "intake_token")
    old, new = "township_case_report_token_unique", "township_case_intake_token_unique"
    cr.execute(f"ALTER INDEX IF EXISTS {old} RENAME TO {new}")
    cr.execute("UPDATE ir_model_constraint SET name = %s WHERE name = %s", (new, old))
    cr.execute(
        "UPDATE ir_model_fields SET name = 'intake_token' "
        "WHERE model = 'township.case' AND name = 'report_token'"
    )


def rename_export(cr):
    """The wizard keeps its entries (menu, action, rights); what somebody had open in it goes."""
    cr.execute("DROP TABLE IF EXISTS township_ledger_export_township_unit_rel")
    cr.execute("DROP TABLE IF EXISTS township_ledger_export")
    for table in ("ir_model_constraint", "ir_model_relation"):
        cr.execute(f"DELETE FROM {table} WHERE name LIKE 'township\\_ledger\\_export%'")
    for table, column in (
        ("ir_model", "model"),
        ("ir_model_fields", "model"),
        ("ir_ui_view", "model"),
        ("ir_act_window", "res_model"),
    ):
        cr.execute(
            f"UPDATE {table} SET {column} = 'township.case.export' "
            f"WHERE {column} = 'township.ledger.export'"
        )
    cr.execute(
        "UPDATE ir_model_data "
        "SET name = replace(name, 'township_ledger_export', 'township_case_export') "
        "WHERE module = %s AND name LIKE '%%township\\_ledger\\_export%%'",
        (MODULE,),
    )
