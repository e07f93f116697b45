import { _t } from "@web/core/l10n/translation";
import { deserializeDate } from "@web/core/l10n/dates";
import { registry } from "@web/core/registry";

import { TownshipScreen } from "../../common/home/screen";

const { DateTime } = luxon;

/** 逾期督办: units with what is open, near its deadline and overdue; every figure opens. */
export class TownshipBoard extends TownshipScreen {
    static template = "township_governance.Board";

    setup() {
        this.setupScreen(
            { groupBy: null, period: "year", kind: "", overdueOnly: true },
            { board: null }
        );
    }

    get filters() {
        const { groupBy, kind, board } = this.state;
        const period = board && board.periods.find(({ key }) => key === this.state.period);
        return {
            group_by: groupBy || (board ? board.group_by : null),
            kind: kind || null,
            // The server counts the days: the browser's today may be another.
            date_from: period ? period.date_from : null,
            date_to: period ? period.date_to : null,
        };
    }

    fetch() {
        return this.orm.call("township.case.board", "get_board", [], this.filters);
    }

    show(board) {
        Object.assign(this.state, { board, groupBy: board.group_by });
    }

    // --- What the screen says ------------------------------------------------

    get rows() {
        const { board, overdueOnly } = this.state;
        return overdueOnly ? board.rows.filter((row) => row.overdue) : board.rows;
    }

    get columns() {
        return [
            ["open", _t("Open cases")],
            ["due_soon", _t("Due in 3 days")],
            ["overdue", _t("Overdue")],
        ];
    }

    get labels() {
        return { longest: _t("Longest overdue (days)"), rate: _t("Closed in time") };
    }

    get overdueGroups() {
        return this.rows.filter((row) => row.overdue).map((row) => row.id);
    }

    groupByLabel(groupBy) {
        return groupBy === "company" ? _t("By township") : _t("By unit");
    }

    rate(row) {
        return row.ended ? `${Math.round((row.on_time / row.ended) * 1000) / 10}%` : "—";
    }

    dateLabel(value) {
        return deserializeDate(value).toLocaleString(DateTime.DATE_MED);
    }

    // --- Buttons ---------------------------------------------------------------

    set(values) {
        Object.assign(this.state, values);
        return this.load();
    }

    toggleOverdueOnly() {
        this.state.overdueOnly = !this.state.overdueOnly;
    }

    async openFigure(figure, row, part = "numerator") {
        const action = await this.orm.call("township.case.board", "get_figure_action", [], {
            figure,
            part,
            group: row === this.state.board.total ? null : row.id,
            ...this.filters,
        });
        return this.action.doAction(action);
    }

    scope(groups) {
        const { group_by, kind } = this.filters;
        return { groups, group_by, kind };
    }

    async remind(groups) {
        const told = await this.orm.call("township.case.board", "remind", [], this.scope(groups));
        const { notification } = this.services;
        notification.add(_t("Reminders given: %s", told.reminded), { type: "success" });
        if (told.known) {
            notification.add(_t("Cases with an open reminder already: %s", told.known), {
                type: "info",
            });
        }
        if (told.nobody) {
            notification.add(_t("Cases without unit leader and handler: %s", told.nobody), {
                type: "warning",
            });
        }
    }

    async copy(groups) {
        const text = await this.orm.call(
            "township.case.board",
            "get_reminder_text",
            [],
            this.scope(groups)
        );
        return this.copyText(text);
    }
}

registry.category("actions").add("township_board", TownshipBoard);
