import { registry } from "@web/core/registry";

import { draw, putFile, scrollToEnd } from "./by_hand";

const tours = registry.category("web_tour.tours");

const NO_DIALOG = "body:not(:has(.modal))";

/** Choose from a many2one or a field of tags in the dialog. */
function choose(name, words) {
    return [
        { trigger: `.modal [name=${name}] input`, run: `edit ${words}` },
        {
            trigger: `.modal [name=${name}] .o-autocomplete--dropdown-item a:contains(${words})`,
            run: "click",
        },
    ];
}

function attachScan(name) {
    return [
        {
            trigger: `.modal [name=${name}] .o_attach`,
            run: () =>
                putFile(
                    document.querySelector(`.modal [name=${name}] input[type=file]`),
                    new File(["scan"], "scan.pdf", { type: "application/pdf" })
                ),
        },
        { trigger: `.modal [name=${name}] .o_attachment:contains(scan.pdf)` },
    ];
}

/** A new date for an empty or a filled field. */
function writeDate(name, date) {
    return [
        { trigger: `.modal [name=${name}] :is(input, button)`, run: "click" },
        { trigger: `.modal [name=${name}] input`, run: `edit ${date} && press Tab` },
    ];
}

// Letters for all departments: drafts to look at, issued at once; who is late stands in red.
tours.add("township_letter_issue", {
    steps: () => [
        { trigger: ".o_data_row.text-danger:contains(Late office):contains(4)" },
        {
            trigger: ".o_control_panel button:contains(Letters for many units)",
            run: "click",
        },
        ...choose("template_id", "Department template"),
        { content: "units without letter", trigger: ".modal [name=unit_ids] .badge:contains(自然)" },
        ...choose("basis_id", "槐办发〔2026〕9号"),
        ...writeDate("sign_by", "12/31/2099"),
        { trigger: ".modal button[name=action_prepare]", run: "click" },
        { trigger: `${NO_DIALOG} .o_data_row:contains(自然资源所) .badge:contains(Draft)` },
        { trigger: "thead .o_list_record_selector input", run: "click" },
        { trigger: ".o_control_panel button[name=action_issue]", run: "click" },
        { trigger: ".o_data_row:contains(自然资源所) .badge:contains(To be signed)" },
    ],
});

// Three taps from the tile on a phone: tile, button, and (read and drawn) sign.
tours.add("township_letter_sign", {
    steps: () => [
        { trigger: ".o_township_tile[data-tile=to_sign] .o_township_count:contains(1)" },
        { trigger: ".o_township_tile[data-tile=to_sign]", run: "click" },
        { trigger: ".o_township_tile.active[data-tile=to_sign]" },
        { trigger: ".o_township_rows tbody tr:only-child .o_township_handle", run: "click" },
        { trigger: ".modal .o_township_read:contains(每月开展一次矛盾纠纷排查)" },
        { trigger: ".modal button[name=action_confirm].disabled:visible" },
        { trigger: ".modal .o_township_read", run: scrollToEnd },
        { trigger: ".modal .o_township_pen canvas", run: draw },
        { trigger: ".modal button[name=action_confirm]:not(.disabled):visible", run: "click" },
        { trigger: ".modal [name=password] input", run: "edit test_head" },
        { trigger: ".modal button[name=run_check]", run: "click" },
        { trigger: `${NO_DIALOG} .o_notification:contains(Signed)` },
        { content: "nothing waits", trigger: ".o_township_tiles:not(:has([data-tile=to_sign]))" },
    ],
});

// Party A's seal with its approval brings the letter into force; it is verified.
tours.add("township_letter_seal", {
    steps: () => [
        { trigger: ".o_form_view button:contains(Record the seal)", run: "click" },
        { trigger: ".modal [name=seal_approval] input", run: "edit 镇党委会纪要〔2026〕2号" },
        { trigger: ".modal [name=seal_scan_ids].o_required_modifier" },
        ...attachScan("seal_scan_ids"),
        { trigger: ".modal button[name=action_confirm]", run: "click" },
        {
            trigger: `${NO_DIALOG} .o_form_view .o_arrow_button_current:contains(In force)`,
        },
        { trigger: ".o_form_view button[name=action_verify]", run: "click" },
        { trigger: ".modal .alert-success:contains(Genuine)" },
        { trigger: ".modal button[special=cancel]", run: "click" },
        { trigger: NO_DIALOG },
    ],
});

// A quarter: its figures, one score by hand with reason and proof, and the unit is told.
tours.add("township_letter_assess", {
    steps: () => [
        { trigger: ".o_list_button_add", run: "click" },
        { trigger: ".o_form_view [name=period] input", run: "click" },
        { trigger: ".o_select_menu_item:contains(Quarter)", run: "click" },
        { trigger: ".o_form_view [name=index] input", run: "edit 2" },
        { trigger: ".o_form_view [name=year] input", run: "edit 2025" },
        { trigger: ".o_form_view button[name=action_fill]", run: "click" },
        { trigger: ".o_form_view [name=assessment_ids] .o_data_row:contains(自然资源所)" },
        { trigger: "button[name=action_open_assessments]", run: "click" },
        { trigger: ".o_list_view .o_data_row:only-child .o_data_cell", run: "click" },
        {
            trigger: ".o_form_view [name=line_ids] .o_data_row:contains(组织领导) td[name=name]",
            run: "click",
        },
        { trigger: ".modal [name=hand_score] input", run: "edit 15" },
        { trigger: ".modal [name=reason] :is(input, textarea)", run: "edit 未按月报送台账" },
        ...writeDate("date", "06/30/2025"),
        ...attachScan("evidence_ids"),
        { trigger: ".modal .o_form_button_save", run: "click" },
        {
            content: "15 of 20, on the weight it has after spreading",
            trigger: `${NO_DIALOG} .o_data_row:contains(组织领导):contains(37.50)`,
        },
        { trigger: ".o_form_button_save", run: "click" },
        { trigger: ".o_form_saved, .o_form_view:not(:has(.o_form_button_save:visible))" },
        { trigger: ".o_form_view button[name=action_announce]", run: "click" },
        { trigger: ".o_form_view .o_arrow_button_current:contains(Announced)" },
    ],
});

// The head sees the score and why, and objects.
tours.add("township_letter_object", {
    steps: () => [
        {
            trigger:
                ".o_form_view .o_data_row:contains(组织领导):contains(37.50):contains(未按月报送台账)",
        },
        { content: "nobody scores the own unit", trigger: "body:not(:has([name=action_full_marks]))" },
        { trigger: ".o_form_view button:contains(Object)", run: "click" },
        ...choose("line_id", "组织领导"),
        { trigger: ".modal [name=text] textarea", run: "edit 台账已按月报送，签收单见附件" },
        { trigger: ".modal .o_form_button_save", run: "click" },
        { trigger: NO_DIALOG },
    ],
});

// The officer finds the objection on the home screen, and gives the points back.
tours.add("township_letter_answer", {
    steps: () => [
        { trigger: ".o_township_rows tr:contains(Objection) .o_township_handle", run: "click" },
        { trigger: ".o_form_view button:contains(Answer)", run: "click" },
        { trigger: ".modal [name=decision] label:contains(Score changed)", run: "click" },
        { trigger: ".modal [name=hand_score] input", run: "edit 20" },
        { trigger: ".modal [name=answer] textarea", run: "edit 经核实，台账按月报送" },
        { trigger: ".modal button[name=action_confirm]", run: "click" },
        { trigger: `${NO_DIALOG} .o_form_view [name=answer]:contains(经核实)` },
    ],
});

// The director closes the round and publishes the ranking of the departments.
tours.add("township_letter_publish", {
    steps: () => [
        { trigger: ".o_form_view button[name=action_close]", run: "click" },
        { trigger: ".modal .btn-primary", run: "click" },
        { trigger: `${NO_DIALOG} .o_form_view button[name=action_publish]`, run: "click" },
        { trigger: ".modal .btn-primary", run: "click" },
        { trigger: `${NO_DIALOG} .o_form_view [name=published_date]:visible` },
        { trigger: ".o_form_view .nav-link:contains(Ranking)", run: "click" },
        { trigger: ".o_form_view [name=ranking]:contains(自然资源所)" },
    ],
});
