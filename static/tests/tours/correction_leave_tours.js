import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

/** Press a step of the form and wait until it is taken; a phone shows no bar of states. */
function press(step) {
    const button = `.o_form_statusbar button[name=action_${step}]`;
    return [{ trigger: button, run: "click" }, { trigger: `body:not(:has(${button}))` }];
}

// From the application over opinion, approval and journey to the return, on one form.
tours.add("township_leave", {
    steps: () => [
        ...press("apply"),
        { trigger: ".o_field_widget[name=opinion] textarea", run: "edit 情况属实，同意外出。" },
        ...press("review"),
        ...press("approve"),
        { trigger: ".o_field_widget[name=given_date]" },
        ...press("leave"),
        { trigger: ".o_notebook .nav-link[name=return]", run: "click" },
        { trigger: ".o_field_widget[name=return_manner] input[data-value=person]", run: "click" },
        ...press("return"),
        {
            content: "nothing is wider than the screen",
            trigger: ".o_form_view",
            run: () => {
                const form = document.querySelector(".o_content");
                if (form.scrollWidth > form.clientWidth) {
                    throw new Error("The leave scrolls sideways");
                }
            },
        },
    ],
});
