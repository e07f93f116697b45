import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

import { copyText } from "../home/clipboard";

/** A line to copy or write down; the copying also works on plain http inside an office. */
export class CopyField extends Component {
    static template = "township_governance.CopyField";
    static props = standardFieldProps;

    setup() {
        this.notification = useService("notification");
    }

    get line() {
        return this.props.record.data[this.props.name] || "";
    }

    async copy() {
        if (await copyText(this.line)) {
            this.notification.add(_t("Copied"), { type: "success" });
        } else {
            this.notification.add(_t("Please copy the line by hand."), { type: "warning" });
        }
    }
}

registry.category("fields").add("township_copy", {
    component: CopyField,
    supportedTypes: ["char"],
});
