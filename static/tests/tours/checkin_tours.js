import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

const CARD = ".o_kanban_record:not(.o_kanban_ghost)";

// The morning on a phone: one tap for who came, a reason for who is excused, one for who did not.
tours.add("township_morning_checkins", {
    steps: () => [
        { content: "missed first, in red", trigger: `${CARD}:contains(王伟强) .text-danger` },
        {
            content: "nothing is wider than the phone",
            trigger: CARD,
            run: () => {
                const wide = document.documentElement.scrollWidth > window.innerWidth;
                if (wide) {
                    throw new Error("The morning list scrolls sideways");
                }
            },
        },
        { trigger: `${CARD}:contains(王伟强) button[name=action_not_complied]`, run: "click" },
        { trigger: `body:not(:has(${CARD}:contains(王伟强)))` },
        { trigger: `${CARD}:contains(刘芳) button[name=action_complied]`, run: "click" },
        { trigger: `body:not(:has(${CARD}:contains(刘芳)))` },
        { trigger: `${CARD}:contains(赵敏) button[name=action_excused]`, run: "click" },
        { trigger: ".modal [name=absence_reason] input", run: "edit 秋收，已电话说明" },
        { trigger: ".modal button[name=action_confirm]", run: "click" },
        { trigger: `body:not(:has(.modal)):not(:has(${CARD}:contains(赵敏)))` },
    ],
});
