import { Component, onWillStart, useState } from "@odoo/owl";
import { ConnectionLostError } from "@web/core/network/rpc";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { pick } from "@web/core/utils/objects";
import { useSetupAction } from "@web/search/action_hook";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

import { copyAndTell } from "./copy_dialog";

/**
 * Do something that needs the server. Out of reach, it sets `state.offline`: the screen stays
 * as it is and says so, instead of an error nobody in a village can do anything about.
 *
 * @param {Object} state of a component
 * @param {Function} work
 */
export async function unlessOffline(state, work) {
    state.offline = false;
    try {
        await work();
    } catch (error) {
        if (!(error instanceof ConnectionLostError)) {
            throw error;
        }
        state.offline = true;
    }
}

/** A screen of figures: whatever is chosen on it is found again on the way back to it. */
export class TownshipScreen extends Component {
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    /**
     * @param {Object} choices what people choose on the screen, as it is at first
     * @param {Object} shown what the server gives, as it is at first
     */
    setupScreen(choices, shown) {
        this.orm = useService("orm");
        this.action = useService("action");
        this.services = { dialog: useService("dialog"), notification: useService("notification") };
        this.keepLast = new KeepLast();
        this.state = useState({ ...choices, ...this.props.state, ...shown, offline: false });
        useSetupAction({ getLocalState: () => pick(this.state, ...Object.keys(choices)) });
        onWillStart(() => this.load());
    }

    load() {
        return unlessOffline(this.state, async () => {
            await this.show(await this.keepLast.add(this.fetch()));
        });
    }

    copyText(text) {
        return copyAndTell(this.services, text);
    }
}
