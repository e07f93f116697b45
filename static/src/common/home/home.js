import { _t } from "@web/core/l10n/translation";
import { deserializeDate, formatDate } from "@web/core/l10n/dates";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";

import { TownshipScreen, unlessOffline } from "./screen";

const ROW_STEP = 40;
const ROW_LIMIT = 200;
const COUNT_LIMIT = 1000;

/** 今日待办: tiles with counts, below them the work by deadline. Every role's first screen. */
export class TownshipHome extends TownshipScreen {
    static template = "township_governance.Home";

    setup() {
        this.setupScreen(
            { scope: null, tile: null, limit: ROW_STEP },
            { home: null, open: {}, printed: null } // open: rows of the units opened, by id
        );
    }

    // --- Data -----------------------------------------------------------

    fetch() {
        const { scope, tile, limit } = this.state;
        return this.orm.call("township.home", "get_home", [], { scope, tile, limit });
    }

    async show(home) {
        Object.assign(this.state, { home, scope: home.scope, tile: home.tile, open: {} });
        if (home.groups.length) {
            await this.toggleGroup(home.groups[0]);
        }
    }

    async toggleGroup(group) {
        if (this.state.open[group.id]) {
            delete this.state.open[group.id];
        } else {
            await this.showGroup(group, ROW_STEP);
        }
    }

    showGroup(group, limit) {
        return unlessOffline(this.state, async () => {
            const { scope, tile } = this.state;
            this.state.open[group.id] = await this.orm.call("township.home", "get_rows", [], {
                scope,
                tile,
                group: group.id,
                limit,
            });
        });
    }

    showMoreOfGroup(group) {
        return this.showGroup(group, ROW_LIMIT);
    }

    selectTile(tile) {
        this.state.tile = this.state.tile === tile.key ? null : tile.key;
        this.state.limit = ROW_STEP;
        return this.load();
    }

    selectScope(scope) {
        this.state.scope = scope;
        this.state.limit = ROW_STEP;
        return this.load();
    }

    showMore() {
        this.state.limit = Math.min(this.state.limit + ROW_STEP, ROW_LIMIT);
        return this.load();
    }

    // --- What the screen says --------------------------------------------

    get todayLabel() {
        return deserializeDate(this.state.home.today).toLocaleString({
            weekday: "long",
            year: "numeric",
            month: "long",
            day: "numeric",
        });
    }

    get listTitle() {
        const { tiles, tile } = this.state.home;
        return tile ? tiles.find((shown) => shown.key === tile).label : _t("All open work");
    }

    get isEmpty() {
        const { home } = this.state;
        return !home.rows.length && !home.groups.length;
    }

    get emptyText() {
        if (this.state.tile) {
            return _t("Nothing here. Choose another figure above to see other work.");
        }
        return this.state.scope === "mine"
            ? _t("No work of yours has a deadline running. New cases appear here by themselves.")
            : _t("No unit has work with a deadline running.");
    }

    scopeLabel(scope) {
        return scope === "mine" ? _t("Mine") : _t("By unit");
    }

    countLabel(tile) {
        return tile.count >= COUNT_LIMIT ? `${COUNT_LIMIT - 1}+` : `${tile.count}`;
    }

    dateLabel(row) {
        return row.deadline ? formatDate(deserializeDate(row.deadline)) : "—";
    }

    daysLabel(row) {
        if (row.days === null || row.days === undefined) {
            return "";
        }
        if (row.days < 0) {
            return _t("Overdue days: %s", -row.days);
        }
        return row.days === 0 ? _t("Due today") : _t("Days left: %s", row.days);
    }

    daysClass(row) {
        if (row.days === null || row.days === undefined) {
            return "";
        }
        return row.days < 0 ? "text-bg-danger" : row.soon ? "text-bg-warning" : "text-bg-light";
    }

    // --- Buttons ----------------------------------------------------------

    openRow(row) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: row.model,
            res_id: row.id,
            views: [[false, "form"]],
            target: "current",
        });
    }

    /** The next step opens at once where it has a dialog of its own; else the record opens. */
    async handleRow(row) {
        if (!row.next_action) {
            return this.openRow(row);
        }
        return this.action.doActionButton({
            type: "object",
            name: row.next_action,
            resModel: row.model,
            resId: row.id,
            resIds: [row.id],
            context: user.context,
            onClose: () => this.load(),
        });
    }

    copyRow(row) {
        return this.copyText(row.copy_text);
    }

    copyRows(rows) {
        return this.copyText(rows.map((row) => row.copy_text).join("\n"));
    }

    /** The server logs the print and gives the rows; the browser prints them. */
    async print() {
        const { scope, tile } = this.state;
        this.state.printed = await this.orm.call("township.home", "print_rows", [], {
            scope,
            tile,
        });
        await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
        window.print();
    }
}

registry.category("actions").add("township_home", TownshipHome);
