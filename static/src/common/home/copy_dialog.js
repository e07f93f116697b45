import { Component, onMounted, useRef } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";

import { copyText } from "./clipboard";

/** Shows a text to copy by hand, where the browser lets no page write to the clipboard. */
export class CopyDialog extends Component {
    static template = "township_governance.CopyDialog";
    static components = { Dialog };
    static props = { text: String, close: Function };

    setup() {
        this.area = useRef("area");
        onMounted(() => this.area.el.select());
    }

    get title() {
        return _t("Copy reminder text");
    }
}

/**
 * Copy a text and say so; show it when it could not be copied.
 *
 * @param {Object} services `{ dialog, notification }`
 * @param {string} text
 */
export async function copyAndTell({ dialog, notification }, text) {
    if (await copyText(text)) {
        notification.add(_t("Copied. Paste it into the work group."), { type: "success" });
    } else {
        dialog.add(CopyDialog, { text });
    }
}
