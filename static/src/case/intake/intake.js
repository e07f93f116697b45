import { Component, onWillStart, useRef, useState } from "@odoo/owl";
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { deserializeDate, formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { useSetupAction } from "@web/search/action_hook";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

import { unlessOffline } from "../../common/home/screen";
import { shrinkPhoto } from "./photos";

function emptyIntake(grid) {
    return {
        token: Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
            byte.toString(16).padStart(2, "0")
        ).join(""),
        grid_id: grid || "",
        type_id: false,
        parties: [
            { name: "", phone: "" },
            { name: "", phone: "" },
        ],
        summary: "",
        danger: false,
        settlement: "",
    };
}

/**
 * 上报登记: report a dispute from a phone in under a minute.
 *
 * What is typed stays in the memory of this page alone: a phone is often shared, and names
 * and numbers of neighbours must not lie about in its storage. A lost connection keeps the
 * form filled.
 */
export class TownshipIntake extends Component {
    static template = "township_governance.Intake";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.root = useRef("root");
        this.state = useState({
            options: null,
            intake: emptyIntake(),
            photos: [],
            moreTypes: false,
            settling: false,
            missing: {},
            sending: false,
            notSent: false,
            offline: false,
            answer: null,
        });
        useSetupAction({
            beforeLeave: () => this.confirmLeave(),
            beforeUnload: (ev) => {
                if (this.isDirty) {
                    ev.preventDefault();
                }
            },
        });
        onWillStart(() => this.load());
    }

    load() {
        return unlessOffline(this.state, async () => {
            const options = await this.orm.call("township.case", "intake_form", []);
            this.state.options = options;
            this.state.intake = emptyIntake(options.grid);
        });
    }

    // --- What the form shows ----------------------------------------------

    get isDirty() {
        const { intake, photos, answer } = this.state;
        const texts = [intake.summary, intake.settlement];
        intake.parties.forEach((party) => texts.push(party.name, party.phone));
        return !answer && (photos.length > 0 || texts.some((text) => text.trim()));
    }

    get villages() {
        const villages = new Map();
        for (const grid of this.state.options.grids) {
            const key = grid.mine ? _t("My grids") : grid.village;
            if (!villages.has(key)) {
                villages.set(key, []);
            }
            villages.get(key).push(grid);
        }
        return [...villages].map(([name, grids]) => ({ name, grids }));
    }

    get topTypes() {
        const { types, top } = this.state.options;
        const shown = top.map((id) => types.find((type) => type.id === id));
        const chosen = types.find((type) => type.id === this.state.intake.type_id);
        return chosen && !shown.includes(chosen) ? [...shown, chosen] : shown;
    }

    get typeTree() {
        const { types } = this.state.options;
        return types
            .filter((type) => !type.parent)
            .map((type) => ({
                ...type,
                children: types.filter((child) => child.parent === type.id),
            }));
    }

    parentName(type) {
        return this.state.options.types.find((parent) => parent.id === type.parent).name;
    }

    get partyLabels() {
        return [_t("First party"), _t("Second party")];
    }

    get answerTitle() {
        const { answer } = this.state;
        if (answer.pending) {
            return _t("Settled on the spot: an officer confirms it");
        }
        return answer.state === "draft" ? _t("Kept as a draft") : _t("Registered");
    }

    get answerDeadline() {
        return formatDate(deserializeDate(this.state.answer.deadline));
    }

    // --- Filling in ---------------------------------------------------------

    clearMissing(name) {
        delete this.state.missing[name];
    }

    selectType(type) {
        this.state.intake.type_id = type.id;
        this.state.moreTypes = false;
        this.clearMissing("type_id");
    }

    selectDanger(danger) {
        this.state.intake.danger = danger;
    }

    async addPhotos(ev) {
        const files = [...ev.target.files];
        ev.target.value = "";
        const room = this.state.options.max_photos - this.state.photos.length;
        if (files.length > room) {
            this.notification.add(_t("At most %s photos.", this.state.options.max_photos), {
                type: "warning",
            });
        }
        for (const file of files.slice(0, room)) {
            try {
                this.state.photos.push(await shrinkPhoto(file));
            } catch {
                this.notification.add(_t("%s is no picture this phone can read.", file.name), {
                    type: "warning",
                });
            }
        }
    }

    removePhoto(index) {
        this.state.photos.splice(index, 1);
    }

    // --- Sending ------------------------------------------------------------

    findMissing(mode) {
        const { intake } = this.state;
        const missing = {};
        if (mode !== "draft") {
            if (!intake.grid_id) {
                missing.grid_id = _t("Please choose the grid where it happened.");
            }
            if (!intake.type_id) {
                missing.type_id = _t("Please choose the type.");
            }
            if (!intake.parties[0].name.trim()) {
                missing.party0 = _t("Please enter the name of the first party.");
            }
        }
        if (intake.parties[1].phone.trim() && !intake.parties[1].name.trim()) {
            missing.party1 = _t("There is a phone without a name. Please enter the name.");
        }
        if (mode === "settle" && this.state.settling && !intake.settlement.trim()) {
            missing.settlement = _t("Please enter what was agreed.");
        }
        return missing;
    }

    check(mode) {
        this.state.missing = this.findMissing(mode);
        const [first] = Object.keys(this.state.missing);
        if (first) {
            const field = this.root.el.querySelector(`[data-field="${first}"]`);
            field?.scrollIntoView({ block: "center", behavior: "smooth" });
        }
        return !first;
    }

    settle() {
        if (this.check("settle")) {
            this.state.settling = true;
        }
    }

    async send(mode) {
        if (this.state.sending || !this.check(mode)) {
            return;
        }
        const { intake, photos } = this.state;
        this.state.sending = true;
        this.state.notSent = false;
        try {
            this.state.answer = await this.orm.call("township.case", "intake", [
                {
                    ...intake,
                    parties: intake.parties.map((party) => ({ ...party })),
                    grid_id: intake.grid_id ? Number(intake.grid_id) : false,
                    photos: photos.map((photo) => photo.data),
                    mode,
                },
            ]);
            this.state.settling = false;
        } catch (error) {
            if (!(error instanceof ConnectionLostError)) {
                throw error; // Odoo shows the message; the form stays filled
            }
            this.state.notSent = true;
        } finally {
            this.state.sending = false;
        }
    }

    confirmLeave() {
        if (!this.isDirty) {
            return true;
        }
        return new Promise((resolve) => {
            this.dialog.add(
                ConfirmationDialog,
                {
                    title: _t("Leave the report?"),
                    body: _t("It has not been sent yet. What you typed is lost when you leave."),
                    confirmLabel: _t("Leave"),
                    confirm: () => resolve(true),
                    cancelLabel: _t("Go on writing"),
                    cancel: () => resolve(false),
                },
                { onClose: () => resolve(false) }
            );
        });
    }

    another() {
        Object.assign(this.state, {
            intake: emptyIntake(this.state.options.grid),
            photos: [],
            missing: {},
            answer: null,
            settling: false,
        });
    }

    openCase() {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "township.case",
            res_id: this.state.answer.id,
            views: [[false, "form"]],
        });
    }

    openHome() {
        return this.action.doAction("township_governance.action_township_home", {
            clearBreadcrumbs: true,
        });
    }
}

registry.category("actions").add("township_intake", TownshipIntake);
