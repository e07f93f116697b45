"""A pattern that prints no year has one series over all years: it goes on after the highest."""

SERIES = {
    "township_case_number_pattern": "counter.series = 'case/' || company.id",
    "township_file_number_pattern": "counter.series LIKE 'file/' || company.id || '/%%'",
}


def migrate(cr, version):
    for pattern, condition in SERIES.items():
        cr.execute(
            f"""INSERT INTO township_number_counter (series, year, value)
                SELECT counter.series, 0, max(counter.value)
                  FROM township_number_counter counter
                  JOIN res_company company ON {condition.replace("%%", "%")}
                 WHERE company.{pattern} NOT LIKE '%{{year%'
              GROUP BY counter.series
                    ON CONFLICT (series, year) DO NOTHING"""
        )
