from odoo import api, models

TECHNICAL = {"id", "display_name", "create_uid", "create_date", "write_uid", "write_date"}


class TownshipPrivacy(models.AbstractModel):
    """What is kept about people and why (PIP-01, PIP-02), read from the registry. Each model of
    personal data (``_access_logged``) says so itself, in lazy texts::

        _purpose = _lt("…")
        _legal_basis = _lt("…")
    """

    _name = "township.privacy"
    _description = "What is kept about people and why"

    @api.model
    def _personal_models(self):
        """:return: ``list`` of the empty recordsets of all models that hold personal data"""
        return [
            self.env[name]
            for name, model in sorted(self.env.registry.items())
            if not (model._abstract or model._transient)
            and getattr(model, "_access_logged", False) is True
        ]

    @api.model
    def _statements(self):
        """:return: ``list`` of ``dict`` model_label, kept, purpose, legal_basis in the language
        of the user, of those models he may read"""
        return [
            {
                "model_label": self.env["ir.model"].sudo()._get(model._name).name,
                "kept": self.env._(", ").join(self._kept(model)),
                "purpose": self.env._(model._purpose),
                "legal_basis": self.env._(model._legal_basis),
            }
            for model in self._personal_models()
            if model.has_access("read")
        ]

    @api.model
    def _kept(self, model):
        """:return: ``list`` of the labels of what is stored and read by people"""
        mechanism = self.env.registry["township.mechanism.mixin"]._fields
        return sorted(
            {
                field._description_string(self.env)
                for name, field in model._fields.items()
                if name not in TECHNICAL | mechanism.keys()
                and (field.store or name in getattr(model, "_reveal_fields", ()))
                and field.type not in ("one2many", "many2many")
                and field.string
                and not field.groups
                and getattr(field, "guard", None) is None
            }
        )

    @api.model
    def _notice_texts(self, concerned, lang="zh_CN"):
        """Purposes and legal bases for a printed notice, each once.

        :param concerned: iterable of models
        :return: (``list`` of purposes, ``list`` of legal bases)
        """
        purposes = dict.fromkeys(model._purpose._translate(lang) for model in concerned)
        bases = dict.fromkeys(model._legal_basis._translate(lang) for model in concerned)
        return list(purposes), list(bases)
