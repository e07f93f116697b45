import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

import { drawingStore } from "./drawing_store";

/** What was signed needs its drawing on the device no more. */
registry.category("actions").add("township_signed", (env, action) => {
    drawingStore.clear(action.params.drawing_key);
    env.services.notification.add(_t("Signed."), { type: "success" });
    return { type: "ir.actions.act_window_close" };
});
