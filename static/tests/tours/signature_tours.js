import { registry } from "@web/core/registry";

import { draw, scrollToEnd } from "./by_hand";

const tours = registry.category("web_tour.tours");

const SOMEBODY_ELSES = "township_drawing:township.test.pledge:1:0";

const keptDrawings = () =>
    Object.keys(localStorage).filter((name) => name.startsWith("township_drawing:"));

const READY = ".modal button[name=action_confirm]:not(.disabled):visible";
const NOT_READY = ".modal button[name=action_confirm].disabled:visible";

// Sign on a phone: read to the end, draw, close and lose nothing, prove identity, done.
tours.add("township_sign", {
    steps: () => [
        {
            trigger: "button[name=action_sign]",
            run: async (helpers) => {
                localStorage.setItem(SOMEBODY_ELSES, "[]");
                await helpers.click();
            },
        },
        { trigger: `.o_township_pen canvas`, run: draw },
        { content: "drawn, yet not read to its end", trigger: NOT_READY },
        { trigger: ".o_township_read", run: scrollToEnd },
        { trigger: READY },
        { trigger: ".modal button[special=cancel]:visible", run: "click" },
        { trigger: "body:not(:has(.modal)) button[name=action_sign]", run: "click" },
        { trigger: ".o_township_read", run: scrollToEnd },
        { content: "the drawing was kept on the device", trigger: READY },
        { trigger: ".o_township_pen_clear", run: "click" },
        { content: "cleared, so not drawn", trigger: NOT_READY },
        { trigger: `.o_township_pen canvas`, run: draw },
        { trigger: READY, run: "click" },
        { trigger: ".modal [name=password] input", run: "edit test_reporter" },
        { trigger: ".modal button[name=run_check]", run: "click" },
        { trigger: "body:not(:has(.modal)) .o_notification:contains(/Signed|已签署/)" },
        {
            content: "what was signed is on the device no more",
            trigger: "body",
            run() {
                if (keptDrawings().length) {
                    throw new Error("The drawing is still on the device.");
                }
            },
        },
    ],
});
