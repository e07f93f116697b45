import { registry } from "@web/core/registry";

import { putFile } from "./by_hand";

const tours = registry.category("web_tour.tours");

/** Put a picture into the file input, as a phone's camera would. */
async function takePhoto(input) {
    const canvas = document.createElement("canvas");
    canvas.width = 2400;
    canvas.height = 1200;
    canvas.getContext("2d").fillRect(0, 0, 100, 100);
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
    await putFile(input, new File([blob], "ditch.png", { type: "image/png" }));
}

function fillIntake() {
    return [
        { trigger: ".o_township_form #o_township_grid:value(/\\d+/)" },
        { trigger: ".o_township_choices .btn[data-type]:first", run: "click" },
        { trigger: "[data-field=party0] input[type=text]", run: "edit 张三" },
        { trigger: "[data-field=party0] input[type=tel]", run: "edit 13800001111" },
        { trigger: "[data-field=party1] input[type=text]", run: "edit 李四" },
        { trigger: "#o_township_summary", run: "edit 两家因排水沟走向争吵" },
    ];
}

// Report a dispute on a phone: a missing type is named, a photo is added, danger is said.
tours.add("township_report_dispute", {
    steps: () => [
        { trigger: ".o_township_form .o_township_submit", run: "click" },
        { trigger: "[data-field=type_id] .o_township_missing" },
        { trigger: "[data-field=party0] .o_township_missing" },
        ...fillIntake(),
        { trigger: ".o_township_form:not(:has(.o_township_missing))" },
        {
            trigger: ".o_township_photos:has(.o_township_album)",
            run: () => takePhoto(document.querySelector(".o_township_album")),
        },
        { trigger: ".o_township_photo img" },
        { trigger: ".o_township_danger [data-danger=orange]", run: "click" },
        { trigger: ".o_township_submit", run: "click" },
        { trigger: ".o_township_answer_number:contains(/\\d/)" },
        { trigger: ".o_township_answer dd:contains(综治中心)" },
        { trigger: ".o_township_another", run: "click" },
        { trigger: "[data-field=party0] input[type=text]:value()" },
    ],
});

// Settle a dispute on the spot, from the phone of a grid worker.
tours.add("township_settle_on_spot", {
    steps: () => [
        { trigger: ".o_township_form" },
        ...fillIntake(),
        { trigger: ".o_township_settle", run: "click" },
        { trigger: ".o_township_settle_confirm", run: "click" },
        { trigger: "[data-field=settlement] .o_township_missing" },
        { trigger: "#o_township_settlement", run: "edit 李四三天内把沟改到自家一侧" },
        { trigger: ".o_township_settle_confirm", run: "click" },
        { trigger: ".o_township_answer_number:contains(/\\d/)" },
        { trigger: ".o_township_answer button:contains(Today)", run: "click" },
        { trigger: ".o_township_tile[data-tile=to_confirm] .o_township_count:contains(1)" },
    ],
});

// The officer finds it on the first screen and confirms it with one press.
tours.add("township_confirm_settlement", {
    steps: () => [
        { trigger: ".o_township_tile[data-tile=to_confirm]", run: "click" },
        { trigger: ".o_township_tile.active[data-tile=to_confirm]" },
        { trigger: ".o_township_rows tbody tr:only-child .o_township_handle", run: "click" },
        { trigger: ".o_form_view button[name=action_confirm_settlement]", run: "click" },
        { trigger: ".o_form_view button[name=action_archive_file]" },
        { trigger: ".o_back_button, .breadcrumb-item a:contains(Today)", run: "click" },
        { trigger: ".o_township_tiles:not(:has([data-tile=to_confirm]))" },
    ],
});

// From "overdue" on the first screen to the closed case and an empty list.
tours.add("township_overdue_from_home", {
    steps: () => [
        { trigger: ".o_township_tile[data-tile=overdue] .o_township_count:contains(1)" },
        { trigger: ".o_township_tile[data-tile=overdue]", run: "click" },
        { trigger: ".o_township_rows tbody tr.o_township_overdue:only-child" },
        { trigger: ".o_township_rows [aria-label='Copy reminder text']", run: "click" },
        { trigger: ".o_notification:contains(Copied), .modal textarea" },
        {
            trigger: "body",
            run: () => document.querySelector(".modal footer .btn-primary")?.click(),
        },
        { trigger: "body:not(:has(.modal)) .o_township_handle", run: "click" },
        { trigger: ".o_form_view button[name=action_handle]", run: "click" },
        { trigger: ".o_form_view .o_form_statusbar button:contains(/^Close$/)", run: "click" },
        { trigger: ".modal .o_field_widget[name=settlement] textarea", run: "edit 各让一步" },
        { trigger: ".modal button[name=action_confirm]", run: "click" },
        { trigger: ".o_form_view button[name=action_archive_file]" },
        { trigger: ".breadcrumb-item a:contains(Today)", run: "click" },
        { trigger: ".o_township_tile[data-tile=overdue] .o_township_count:contains(0)" },
        { trigger: ".o_township_empty" },
    ],
});

// The director's board: units with overdue cases, the cases behind a figure, a reminder.
tours.add("township_overdue_board", {
    steps: () => [
        { trigger: ".o_township_figures tbody tr:only-child [data-figure=overdue]:contains(1)" },
        { trigger: ".o_township_figures [data-button=remind]", run: "click" },
        { trigger: ".o_notification:contains(Reminders given: 1)" },
        { trigger: "#o_township_overdue_only", run: "click" },
        { trigger: ".o_township_figures tbody tr:nth-child(2)" },
        { trigger: ".o_township_figures tbody tr:first-child [data-figure=overdue]", run: "click" },
        { trigger: ".o_list_view .o_pager_limit:contains(/^1$/)" },
        { trigger: ".breadcrumb-item a:contains(Overdue board)", run: "click" },
        { trigger: ".o_township_figures tfoot" },
    ],
});

// The township's own workbook, from upload over preview to the imported cases.
tours.add("township_import_ledger", {
    steps: () => [
        { trigger: ".modal .o_field_widget[name=create_missing] input", run: "click" },
        {
            trigger: ".modal .o_field_binary",
            run: async () => {
                const response = await fetch("/township_test_ledger.xls");
                const file = new File([await response.blob()], "township_ledger_2026.xls");
                await putFile(document.querySelector(".modal .o_field_binary input[type=file]"), file);
            },
        },
        { trigger: ".modal .o_field_binary .o_clear_file_button" },
        { trigger: ".modal button[name=action_preview]", run: "click" },
        { trigger: ".modal .o_field_widget[name=rejected_count]:contains(20)" },
        { trigger: ".modal button[name=action_import]", run: "click" },
        { trigger: ".modal .alert-success .o_field_widget[name=imported_count]:contains(140)" },
        { trigger: ".modal button[name=action_open_records]", run: "click" },
        { trigger: ".o_list_view .o_pager_limit:contains(140)" },
    ],
});
