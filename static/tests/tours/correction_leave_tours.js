import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

/** Press a step of the form and wait for the state it leads to. */
function press(step, state) {
    return [
        { trigger: `.o_form_statusbar button[name=action_${step}]`, run: "click" },
        { trigger: `.o_statusbar_status .o_arrow_button_current[data-value=${state}]` },
    ];
}

// From the application over opinion, approval and journey to the return, on one form.
tours.add("township_leave", {
    steps: () => [
        ...press("apply", "applied"),
        { trigger: ".o_field_widget[name=opinion] textarea", run: "edit 情况属实，同意外出。" },
        ...press("review", "reviewed"),
        ...press("approve", "approved"),
        { trigger: ".o_field_widget[name=given_date]" },
        ...press("leave", "away"),
        { trigger: ".o_notebook .nav-link[name=return]", run: "click" },
        { trigger: ".o_field_widget[name=return_manner] input[data-value=person]", run: "click" },
        ...press("return", "returned"),
    ],
});
