import { registry } from "@web/core/registry";

import { putFile } from "./by_hand";

// Found by names alone: the screens of these tours are in Chinese.
const tours = registry.category("web_tour.tours");

/** Press a step of the form and wait for the state it leads to. */
function press(step, state) {
    return [
        { trigger: `.o_form_statusbar button[name=action_${step}]`, run: "click" },
        { trigger: `.o_statusbar_status .o_arrow_button_current[data-value=${state}]` },
    ];
}

function page(name) {
    return { trigger: `.o_notebook .nav-link[name=${name}]`, run: "click" };
}

/** Write into a field of the form, or of the row that is being edited. */
function write(name, text, where = ".o_form_view") {
    return {
        trigger: `${where} .o_field_widget[name=${name}] :is(input, textarea)`,
        run: `edit ${text} && press Tab`,
    };
}

/** A date that is empty shows a button or an input, one that is there a button. */
function writeDay(name, day, where = ".o_form_view") {
    return [
        { trigger: `${where} .o_field_widget[name=${name}] :is(input, button)`, run: "click" },
        write(name, day, where),
    ];
}

function attachScan(name) {
    return [
        {
            trigger: `.o_field_widget[name=${name}] .o_attach`,
            run: () =>
                putFile(
                    document.querySelector(`.o_field_widget[name=${name}] input[type=file]`),
                    new File(["scan"], "scan.pdf", { type: "application/pdf" })
                ),
        },
        { trigger: `.o_field_widget[name=${name}] .o_attachment` },
    ];
}

// The person comes with the papers of the court: received, checked, announced before the group.
tours.add("township_correction_receive", {
    steps: () => [
        { trigger: ".o_statusbar_status .o_arrow_button_current[data-value=expected]" },
        page("reception"),
        ...writeDay("reported_date", "today"),
        ...writeDay("identity_checked_date", "today"),
        ...writeDay("papers_checked_date", "today"),
        ...press("receive", "received"),
        page("papers"),
        { trigger: ".o_field_widget[name=missing_papers]" },
        page("reception"),
        ...writeDay("announced_date", "today"),
        write("announcement_place", "司法所宣告室"),
        write("announcement_presider", "司法所所长"),
        ...press("announce", "in_correction"),
        { content: "its end is a clock now", trigger: ".o_field_widget[name=deadline_date]" },
    ],
});

const SERVED = ".o_field_widget[name=delivery_ids]";

/** Enter the day on which the paper of one row was served. */
function serve(row) {
    const where = `${SERVED} tr.o_data_row:nth-child(${row})`;
    return [
        { trigger: `${where} td[name=date_served]`, run: "click" },
        ...writeDay("date_served", "today", `${where}.o_selected_row`),
    ];
}

// The day itself: announced, the certificate issued, all four papers served, handed to aftercare.
tours.add("township_correction_release_day", {
    steps: () => [
        { trigger: ".o_data_row td[name=subject_id]", run: "click" },
        { trigger: ".o_statusbar_status .o_arrow_button_current[data-value=decided]" },
        page("day"),
        ...writeDay("announced_date", "today"),
        ...press("announce", "announced"),
        write("certificate_number", "槐解矫字第3号"),
        ...writeDay("certificate_date", "today"),
        ...attachScan("certificate_scan_ids"),
        {
            trigger: ".o_form_statusbar button[name=action_prepare_deliveries]",
            run: "click",
        },
        { trigger: `${SERVED} .o_data_row:nth-child(4)` },
        {
            content: "the form has been read anew",
            trigger: ".o_form_statusbar button[name=action_prepare_deliveries]:enabled",
        },
        ...[1, 2, 3, 4].flatMap(serve),
        ...press("release", "released"),
        { trigger: ".o_form_statusbar button[name=action_to_aftercare]", run: "click" },
        { trigger: ".o_form_statusbar button[name=action_register]" },
    ],
});
