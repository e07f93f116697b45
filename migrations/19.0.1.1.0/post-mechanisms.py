"""What the mechanisms of the ground floor store that they did not store before."""


def migrate(cr, version):
    # A clock knows itself whether its case came in as history.
    cr.execute(
        """UPDATE township_case_clock clock SET history = TRUE
             FROM township_case owner
            WHERE owner.id = clock.case_id AND owner.history
              AND clock.history IS DISTINCT FROM TRUE"""
    )
    # A title that does not follow from parties and type was typed by a person: it stays.
    cr.execute(
        """WITH sides AS (
               SELECT case_id, role,
                      coalesce((array_agg(name ORDER BY sequence, id))[1], '')
                      || CASE WHEN count(*) > 1 THEN '等' || count(*) || '人' ELSE '' END AS side
                 FROM township_case_party
                WHERE role IN ('applicant', 'respondent')
             GROUP BY case_id, role
           ), derived AS (
               SELECT owner.id,
                      concat_ws('与', nullif(one.side, ''), nullif(other.side, ''))
                      || coalesce(main.name, kind.name, '') AS name
                 FROM township_case owner
            LEFT JOIN sides one ON one.case_id = owner.id AND one.role = 'applicant'
            LEFT JOIN sides other ON other.case_id = owner.id AND other.role = 'respondent'
            LEFT JOIN township_case_type kind ON kind.id = owner.type_id
            LEFT JOIN township_case_type main ON main.id = kind.parent_id
           )
           UPDATE township_case owner SET name_typed = owner.name
             FROM derived
            WHERE derived.id = owner.id AND owner.name IS NOT NULL
              AND owner.name <> derived.name AND owner.name_typed IS NULL"""
    )
