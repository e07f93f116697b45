import { browser } from "@web/core/browser/browser";

const PREFIX = "township_drawing:";

/** @returns {string} the user at the end of a key, see `drawing_key` of the dialog */
const owner = (key) => key.split(":").at(-1);

/**
 * The drawing of a signature that is not sent yet, kept on the device: a session that ends, a
 * page that is loaded again or a network that fails loses nothing. It goes with the signing, or
 * when somebody else signs on the same device.
 */
export const drawingStore = {
    /** @returns {Array} strokes, each a list of `[x, y]` as fractions of the width */
    load(key) {
        this.forgetOthers(key);
        try {
            return JSON.parse(browser.localStorage.getItem(PREFIX + key)) || [];
        } catch {
            return [];
        }
    },

    save(key, strokes) {
        try {
            browser.localStorage.setItem(PREFIX + key, JSON.stringify(strokes));
        } catch {
            // A full or forbidden store: the drawing is still on the screen.
        }
    },

    clear(key) {
        browser.localStorage.removeItem(PREFIX + key);
    },

    forgetOthers(key) {
        for (const name of Object.keys(browser.localStorage)) {
            if (name.startsWith(PREFIX) && owner(name) !== owner(key)) {
                browser.localStorage.removeItem(name);
            }
        }
    },
};
